/**
 * Pages for people: what they share. Imports feature faces, event and shared; nobody imports it.
 * Backing beans hold filters and page records, never entities.
 */
package org.kvantenergo.web;
