/**
 * What connections of all protocols share: secrets, TLS from PEM files, and ports to listen on.
 */
package dev.wayside.net;
