/**
 * The proofs behind docs/reliability.md: what an ACK promises holds while server, database and
 * neighbours misbehave. All classes of a run share one installation ({@link
 * org.kvantenergo.it.proof.ProofExtension}); each leaves it as it found it, with another share of
 * its modules. Every proof writes its figures to {@code reports} below target/it. Numbers are small
 * in {@code mvn verify} and as in issue and document under {@code -Pfull}.
 */
package org.kvantenergo.it.proof;
