/**
 * The limit of the database: the server's rows and state upserts by plain JDBC, one commit a batch,
 * in a schema of its own. A thread a connection; a connection has devices that no other one has.
 */
package org.kvantenergo.benchmark.insert;
