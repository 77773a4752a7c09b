/**
 * Checks a set-up before Wayside runs in it, or beside it: this machine, the model, the cameras, the disk, the clock, the
 * ports and every enabled sink. A check uses the connections and the error messages of the pipeline itself, and leaves
 * nothing behind.
 */
package dev.wayside.doctor;
