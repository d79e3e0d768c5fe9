/**
 * Tests that need a running server, and what they stand on. Two ways to a server: {@link
 * org.kvantenergo.it.KvantExtension} for tests from outside (one server for all such classes of a
 * run, started as {@code mvn -Prun} starts it) and Arquillian for tests that run inside it. Tests
 * that kill their server take a {@link org.kvantenergo.it.KvantInstance} of their own.
 */
package org.kvantenergo.it;
