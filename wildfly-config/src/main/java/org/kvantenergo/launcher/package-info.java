/**
 * Prepares and starts what runs: the provisioned WildFly, a PostgreSQL, the simulator. Runs inside
 * Maven's own JVM (exec:java) and in tests; nothing of the product imports it. One thread starts
 * and stops things in order; stopping may also come from the JVM's shutdown hook.
 */
package org.kvantenergo.launcher;
