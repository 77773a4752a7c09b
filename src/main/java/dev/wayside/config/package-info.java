/**
 * What the user may set, where it was set, and whether it makes sense.
 *
 * <p>Each key is declared once, in the class of its group. {@code wayside.properties} in the working directory, {@code --set} and
 * the environment override the defaults, in that order. Everything is checked before anything starts.
 */
package dev.wayside.config;
