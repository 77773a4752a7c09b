/**
 * MQTT 5: a connection that reconnects by itself and reports every refusal, and the embedded broker for a first run.
 *
 * <p>Routes publish through Camel's paho-mqtt5 component; this package only provides its client.
 */
package dev.wayside.mqtt;
