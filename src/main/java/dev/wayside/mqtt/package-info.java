/**
 * MQTT 5: a connection that keeps itself up and hides no refusal, and the broker that a first run brings along.
 *
 * <p>Routes publish through Camel's paho-mqtt5 component; this package only hands it a client that behaves.
 */
package dev.wayside.mqtt;
