/**
 * The steps that kamelets and routes name, one small class for each. They connect Camel's exchanges with the code in
 * {@code src/main/java}, which must not depend on this package.
 */
package dev.wayside.processors;
