/**
 * Events as documents of Elasticsearch: the connection that Camel's elasticsearch component writes through, the bulk
 * requests and the index template, and the meaning of the server's responses.
 */
package dev.wayside.elasticsearch;
