/**
 * The loss matrix: faults against sinks. An event that the journal has committed is an obligation; after each fault every
 * live sink must have every one of them. {@code docs/reliability.md} has the table and how to run it.
 */
package dev.wayside.matrix;
