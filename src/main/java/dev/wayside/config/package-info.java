/**
 * What the user may set, where it was set, and whether it makes sense.
 *
 * <p>Defaults stand in {@code wayside-defaults.properties}; {@code wayside.properties} in the working directory, {@code --set}
 * and the environment override them, in that order. Everything is checked before anything starts.
 */
package dev.wayside.config;
