/**
 * What sinks to stores that speak HTTP have in common: how to reach one and prove who asks, and in plain words why it
 * cannot be reached. What only one of them knows is in the room named after it.
 */
package dev.wayside.store;
