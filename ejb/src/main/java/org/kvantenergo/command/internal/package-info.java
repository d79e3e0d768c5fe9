/** The queue as rows. Imported by command alone. */
package org.kvantenergo.command.internal;
