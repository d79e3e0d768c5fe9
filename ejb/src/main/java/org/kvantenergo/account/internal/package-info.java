/**
 * How accounts are kept: JPA for what people edit, plain SQL for the counting of failures. Imported
 * by {@code account} alone. Passwords are checked outside of transactions: a hash takes tens of
 * milliseconds on purpose, and a database connection must not wait for it.
 */
package org.kvantenergo.account.internal;
