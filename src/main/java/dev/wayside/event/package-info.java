/**
 * The event: one for each analysed frame, nested inside the pipeline, and flat in every message that leaves it.
 *
 * <p>Both forms have a JSON Schema in {@code src/main/resources/schema}.
 */
package dev.wayside.event;
