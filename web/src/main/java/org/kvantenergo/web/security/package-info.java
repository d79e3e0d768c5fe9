/** Who is signed in, and how. Imports account and shared. */
package org.kvantenergo.web.security;
