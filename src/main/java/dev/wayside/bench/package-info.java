/**
 * Measures the figures that the docs publish, with the real routes, the real model and a real broker.
 *
 * <p>Figures are ratios and percentiles within one run, because absolute times differ between machines and between
 * runs.
 */
package dev.wayside.bench;
