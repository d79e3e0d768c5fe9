/**
 * What is metered, where and for whom: meters, sites, consumer accounts, and which device is on
 * which meter, each with the period in which it holds. Imports device, event and shared; jobs and
 * pages may import it. Values, safe for any thread; changes join the caller's transaction or begin
 * one.
 */
package org.kvantenergo.registry;
