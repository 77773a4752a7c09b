/**
 * Wayside: a camera beside the road becomes clean event streams.
 *
 * <p>The flow itself is YAML: see {@code routes/} and {@code kamelets/} at the top of the project. This tree holds the
 * machinery behind it, one package per concern.
 */
package dev.wayside;
