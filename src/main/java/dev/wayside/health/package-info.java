/**
 * Health: checks in Camel's own registry, where JMX and other tools find them too, and their summary over HTTP for
 * probes. Camel's own health endpoint is not used: it has no {@code /health/started}, and whoever adds
 * {@code ?exposureLevel=full} sees every detail.
 */
package dev.wayside.health;
