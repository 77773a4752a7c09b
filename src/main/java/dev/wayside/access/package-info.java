/**
 * Who may use the page: everything on Wayside's HTTP port, whichever part serves it.
 *
 * <p>{@link dev.wayside.access.PageAccess} starts Camel's HTTP server with a guard in front of every path. The guard checks
 * the name by which the client calls this machine, the origin of the request, the password and the token of each change.
 * Sessions, forms and Basic authentication are those of Vert.x. The package also reads the certificate for TLS and reads
 * it again when it changes.
 */
package dev.wayside.access;
