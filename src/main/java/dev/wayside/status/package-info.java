/** The current status of every part of Wayside, collected for the live page, the health check and the API. */
package dev.wayside.status;
