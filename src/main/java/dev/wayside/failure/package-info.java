/**
 * Failures with words for the user. Their types, not their messages, say what the process makes of them: input that the
 * user can mend, or something that is not to be had at the moment. Every other exception of ours is a bug.
 */
package dev.wayside.failure;
