/**
 * What went wrong, in words for the user. Failures of the network, of TLS, of HTTP and of the disk have the same words
 * everywhere; what only one protocol or product says is in its own room. The types of exceptions, not their messages, say
 * what the process makes of them: input that the user can correct, or something that is not available at the moment. Every
 * other exception of ours is a bug.
 */
package dev.wayside.failure;
