/**
 * What somebody tries who means no good: requests that no page sends, ids of others, sessions that
 * are not theirs. From outside, by HTTP and by bare bytes, against the server as it is deployed.
 * {@code docs/asvs.md} says which requirement each class shows.
 */
package org.kvantenergo.it.security;
