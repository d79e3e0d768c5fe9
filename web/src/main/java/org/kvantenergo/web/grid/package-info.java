/**
 * What tables of all pages need. Imports shared, format and security of web; pages may import it.
 */
package org.kvantenergo.web.grid;
