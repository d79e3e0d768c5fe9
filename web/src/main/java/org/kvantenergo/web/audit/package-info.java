/** Pages of the audit: a list with filters, and its export. Asks {@code audit} alone. */
package org.kvantenergo.web.audit;
