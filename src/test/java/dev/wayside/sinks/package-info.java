/** Each sink's kamelet against its real server. */
package dev.wayside.sinks;
