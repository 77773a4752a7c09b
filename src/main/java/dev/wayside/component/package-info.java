/**
 * Adds and removes components of Camel that Wayside does not bring: {@code ./wayside component}.
 *
 * <p>{@link dev.wayside.component.AddedComponents} keeps each one in a folder of its own, {@code lib/<component>/}, which
 * the launcher puts on the class path. Maven resolves and downloads the libraries.
 */
package dev.wayside.component;
