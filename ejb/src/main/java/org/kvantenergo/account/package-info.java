/**
 * People who sign in. Imports audit, event and shared; pages and {@code boot} may import it.
 * Methods join the caller's transaction or begin one, but for {@link
 * org.kvantenergo.account.Accounts#signIn}, which steps out of it: what it counts must stay counted
 * whatever becomes of the caller's.
 */
package org.kvantenergo.account;
