/** The monitoring page: two tables, their lines and what is chosen. Imports feature faces. */
package org.kvantenergo.web.monitoring;
