/** Holds the import rules of docs/adr/0002 and the table of numbered messages against the code. */
package org.kvantenergo.architecture;
