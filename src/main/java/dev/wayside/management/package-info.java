/**
 * Management in the browser: the Hawtio console at {@code /hawtio/}, and Jolokia, which gives it JMX over HTTP.
 *
 * <p>{@link dev.wayside.management.HawtioConsole} serves both on Camel's own HTTP server. Until somebody opens the
 * console, nothing of it is loaded. {@code jolokia-access.xml} lists what Jolokia allows; it denies everything else.
 */
package dev.wayside.management;
