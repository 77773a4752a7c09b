/** The command line: its commands and their options. */
package dev.wayside.cli;
