/**
 * How fast this machine could be at most: programs that do the least that a server of modules must
 * do, to be measured beside it (docs/performance.md, "The limits"). Never part of the product;
 * nobody imports it, and it knows only {@code wire}.
 */
package org.kvantenergo.benchmark;
