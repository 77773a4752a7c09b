/**
 * Checks route and kamelet files without running them: their YAML, the names in it and the values of options. Every mistake
 * of a file is found, with its line, its column and the nearest valid name. It opens no camera, model, journal or
 * connection, and starts no route.
 */
package dev.wayside.validation;
