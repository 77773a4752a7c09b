/**
 * The settings: their declarations, their sources and their checks.
 *
 * <p>Each key is declared once, in the class of its group. {@code wayside.properties} in the working directory overrides the
 * defaults, the properties that Camel K mounts override the file, {@code --set} overrides both, and the environment overrides
 * everything. All settings are checked before startup.
 */
package dev.wayside.config;
