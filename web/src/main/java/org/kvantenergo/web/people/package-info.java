/** Pages about accounts: those of others, and one's own. Ask {@code account} alone. */
package org.kvantenergo.web.people;
