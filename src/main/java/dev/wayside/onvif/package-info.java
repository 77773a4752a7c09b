/**
 * Finds ONVIF cameras on the network by WS-Discovery, and asks them for the addresses of their streams. Everything that a
 * device says is untrusted: it is limited in size and number, read without external entities, and stripped of what could
 * affect a terminal or a shell.
 */
package dev.wayside.onvif;
