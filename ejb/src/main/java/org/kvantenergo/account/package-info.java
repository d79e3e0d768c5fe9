/**
 * People who sign in. Imports event and shared; pages may import it. Every method joins the
 * caller's transaction or begins one.
 */
package org.kvantenergo.account;
