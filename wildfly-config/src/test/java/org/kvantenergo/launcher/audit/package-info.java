/** The verifying of the audit, against a real PostgreSQL. */
package org.kvantenergo.launcher.audit;
