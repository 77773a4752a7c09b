/** Real servers for the integration tests: each on a free port of the loopback address, ended by its pid. */
package dev.wayside.servers;
