/** Views in SQL. Imported by view alone; joins the caller's transaction. */
package org.kvantenergo.view.internal;
