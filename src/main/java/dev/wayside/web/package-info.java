/** What all paths of the HTTP server share: Camel's router, the security headers, the pages of one file, and refusals. */
package dev.wayside.web;
