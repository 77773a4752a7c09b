/**
 * The durable point of the pipeline: an append-only table in SQLite, a cursor for each sink, the dead letters, and the
 * caps. Routes use it through the Camel component in {@code journal.component}. docs/reliability.md states what is
 * guaranteed.
 */
package dev.wayside.journal;
