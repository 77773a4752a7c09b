/**
 * The event: one for each analysed frame, nested inside the pipeline and one-level on every wire.
 *
 * <p>Both forms have a JSON Schema in {@code src/main/resources/schema}.
 */
package dev.wayside.event;
