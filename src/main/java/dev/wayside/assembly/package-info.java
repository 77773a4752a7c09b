/**
 * Puts the parts together: opens what a Camel context's routes ask for, under the names by which they ask, and closes it
 * with the context. {@link dev.wayside.assembly.Application} is the whole of Wayside as {@code ./wayside run} has it;
 * {@link dev.wayside.assembly.WaysideConfiguration} does the same for any other Camel application.
 */
package dev.wayside.assembly;
