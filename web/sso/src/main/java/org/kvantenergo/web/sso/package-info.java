/**
 * A web application of its own, at {@code /sso}, which Elytron protects by OpenID Connect: who gets
 * here has shown the provider who they are. Hands over to the pages by a ticket. Imports account
 * and shared.
 */
package org.kvantenergo.web.sso;
