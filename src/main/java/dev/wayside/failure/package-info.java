/**
 * Error messages for the user. Failures of the network, TLS, HTTP and the disk are worded the same everywhere; what is
 * specific to one protocol or product is in its own package. The type of an exception, not its message, decides how the
 * process treats it: as input that the user can correct, or as a resource that is unavailable at the moment. Every other
 * exception of ours is a bug.
 */
package dev.wayside.failure;
