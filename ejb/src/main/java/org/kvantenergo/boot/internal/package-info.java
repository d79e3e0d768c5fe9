/** The steps of the start. Imported by boot alone; outside any transaction but their own. */
package org.kvantenergo.boot.internal;
