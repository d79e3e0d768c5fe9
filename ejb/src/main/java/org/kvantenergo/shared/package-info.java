/**
 * What every feature shares: the clock, pages, typed ids, the scope of a viewer, short statements.
 * Imports nothing of ours; everyone may import it. Values, safe for any thread.
 */
package org.kvantenergo.shared;
