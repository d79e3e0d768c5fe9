/** The page that says how a record came. Imports feature faces and web.format, web.security. */
package org.kvantenergo.web.custody;
