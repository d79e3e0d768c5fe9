/** How values look to people. Pure; imports nothing of ours but feature records. */
package org.kvantenergo.web.format;
