/**
 * The routes folder in a running Camel context: each file is taken up, replaced and taken away by itself, and what is wrong
 * with one is said in a sentence and stops no other.
 */
package dev.wayside.routes;
