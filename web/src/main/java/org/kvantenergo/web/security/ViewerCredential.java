package org.kvantenergo.web.security;

import jakarta.security.enterprise.credential.Credential;
import org.kvantenergo.account.Viewer;

/**
 * Says that a person's password has been checked by the accounts. Made by the login page alone.
 *
 * @param viewer who it is
 */
record ViewerCredential(Viewer viewer) implements Credential {}
