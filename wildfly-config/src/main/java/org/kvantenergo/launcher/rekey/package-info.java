/**
 * {@code mvn -Prekey}: gives an installation another master key, from outside the server and while
 * no server runs. Needs nothing but this jar and the driver of PostgreSQL. Written from ADR 0047
 * and not with the server's classes, so that it fits any version of them; which columns are sealed,
 * the database says (table sealed_column).
 */
package org.kvantenergo.launcher.rekey;
