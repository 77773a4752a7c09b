/**
 * What concerns the process as a whole: its log, its orderly shutdown, and the error messages with which it ends.
 */
package dev.wayside.process;
