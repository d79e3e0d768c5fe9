/** Another master key, on a real PostgreSQL and with the server's own way of sealing. */
package org.kvantenergo.launcher.rekey;
