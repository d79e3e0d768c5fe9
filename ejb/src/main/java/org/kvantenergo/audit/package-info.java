/**
 * Who did what: a chain of rows that are only ever added. Imports shared; every feature and page
 * may import it. What is noted joins the caller's transaction, and is noted last in it: the end of
 * the chain is locked until the commit.
 */
package org.kvantenergo.audit;
