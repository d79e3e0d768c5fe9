/**
 * How people look at the upper table: columns, order, filter, under names of their own. Imports
 * shared; pages may import it. Every method joins the caller's transaction or begins one.
 */
package org.kvantenergo.view;
