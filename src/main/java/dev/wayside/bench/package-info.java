/**
 * Measures what the docs claim, on the machine it runs on: the real routes, the real model, a real broker.
 *
 * <p>Figures are ratios and percentiles within one run; machines differ, and so do their moods.
 */
package dev.wayside.bench;
