/**
 * The routes folder in a running Camel context. Each file is loaded, replaced and removed independently. A mistake in one
 * file is reported in a sentence and affects no other file.
 */
package dev.wayside.routes;
