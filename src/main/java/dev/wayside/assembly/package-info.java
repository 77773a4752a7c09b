/**
 * Assembles the parts: opens the beans that the routes of a Camel context use, and closes them with the context.
 * {@link dev.wayside.assembly.Application} is the whole of Wayside as in {@code ./wayside run};
 * {@link dev.wayside.assembly.WaysideConfiguration} does the same for any other Camel application.
 */
package dev.wayside.assembly;
