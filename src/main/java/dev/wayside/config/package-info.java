/**
 * The settings: their declarations, their sources and their checks.
 *
 * <p>Each key is declared once, in the class of its group. {@code wayside.properties} in the working directory overrides the
 * defaults, {@code --set} overrides the file, and the environment overrides both. All settings are checked before startup.
 */
package dev.wayside.config;
