/**
 * The one durable point of the pipeline: an append-only table in SQLite, a cursor for each sink, what sinks refused for
 * good, and the caps. The statements of every day stand in the kamelets {@code wayside-journal-sink} and
 * {@code wayside-journal-source}; here is what must hold around them. docs/reliability.md has the promise.
 */
package dev.wayside.journal;
