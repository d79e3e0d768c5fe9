/** What tables of all pages need. Imports shared; pages may import it. */
package org.kvantenergo.web.grid;
