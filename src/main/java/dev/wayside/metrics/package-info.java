/**
 * Metrics for Prometheus: what frames, events and sinks cost and how many there were. Counters and timers are Micrometer's
 * and count from the start; everything that the parts know anyway is read only when somebody scrapes {@code /metrics},
 * which Camel's own endpoint serves. docs/operations.md lists every metric.
 */
package dev.wayside.metrics;
