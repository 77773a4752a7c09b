/**
 * The data behind the page: counts over time, the latest events with their deliveries, dead letters, the system. Reads the
 * journal on worker threads, a few requests at a time, so that viewers delay neither frames nor each other.
 */
package dev.wayside.api;
