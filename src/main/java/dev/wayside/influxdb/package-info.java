/**
 * Events as points of InfluxDB (the API of version 1): the connection that Camel's influxdb component writes through,
 * what an answer of the server means, and how refused points are told from the others.
 */
package dev.wayside.influxdb;
