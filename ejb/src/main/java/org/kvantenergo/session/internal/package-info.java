/** The history of sessions in SQL. Imported by session alone; joins the caller's transaction. */
package org.kvantenergo.session.internal;
