/**
 * The map of sites: marks for the part that is looked at, and what stands at one. Imports feature
 * faces.
 */
package org.kvantenergo.web.map;
