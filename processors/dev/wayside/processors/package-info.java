/**
 * The steps that kamelets and routes name: one small class for each. They stand between Camel's exchanges and the
 * machinery in {@code src/main/java}, which never looks back here.
 */
package dev.wayside.processors;
