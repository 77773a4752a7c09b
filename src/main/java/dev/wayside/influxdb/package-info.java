/**
 * Events as points of InfluxDB (the API of version 1): the connection that Camel's influxdb component writes through,
 * the meaning of the server's responses, and how refused points are found.
 */
package dev.wayside.influxdb;
