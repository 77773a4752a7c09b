/**
 * Events as documents of Elasticsearch: the connection that Camel's elasticsearch component writes through, the bulk
 * requests and the index template, and what an answer of the server means.
 */
package dev.wayside.elasticsearch;
