/** The first page after the sign-in: the system's modules as tiles. Imports feature faces. */
package org.kvantenergo.web.home;
