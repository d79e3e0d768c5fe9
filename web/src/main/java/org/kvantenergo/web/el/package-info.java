/** What expressions in pages can do beyond the standard. Imports nothing of ours. */
package org.kvantenergo.web.el;
