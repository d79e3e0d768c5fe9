/**
 * Tells browsers that something is new. A nudge, not data: what changed is asked for by the page
 * itself, with the rights of its viewer. Imports security of web, account, device, event and
 * shared.
 */
package org.kvantenergo.web.push;
