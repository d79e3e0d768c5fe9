/**
 * Lists of meters as files: read, checked, applied, and written in the same form. Imports registry
 * and what that imports; pages may import it. A list is read and applied on a thread of the
 * server's; what becomes of it is asked for.
 */
package org.kvantenergo.registry.lists;
