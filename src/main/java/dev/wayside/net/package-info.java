/**
 * What all connections have in common, whatever is spoken on them: secrets, TLS from PEM files, and ports to listen on.
 */
package dev.wayside.net;
