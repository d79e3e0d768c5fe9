/**
 * Tells browsers what is new: the rows that a page shows, drawn once for all pages, or which
 * devices have news. Whoever is told is asked for first. Imports security of web, account, device,
 * event and shared.
 */
package org.kvantenergo.web.push;
