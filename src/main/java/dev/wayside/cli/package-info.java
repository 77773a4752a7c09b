/** The command line: puts the parts together, starts them in a good order and stops them. */
package dev.wayside.cli;
