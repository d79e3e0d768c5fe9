/**
 * {@code mvn -Paudit}: verifies the chain of the audit from outside the server. Written from
 * docs/security.md and not from the server's code, so that a mistake there cannot agree with
 * itself.
 */
package org.kvantenergo.launcher.audit;
