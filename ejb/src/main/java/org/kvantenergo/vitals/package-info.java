/**
 * How the node fares: answers the checks of health. Imports health, reading and shared; nobody
 * imports it. What the adapter knows is read from Micrometer's global registry. None of the answers
 * waits longer than two seconds, and all askers together hold one connection of the pool.
 */
package org.kvantenergo.vitals;
