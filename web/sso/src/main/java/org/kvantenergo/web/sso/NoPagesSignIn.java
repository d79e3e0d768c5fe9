package org.kvantenergo.web.sso;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * The server's Jakarta Security finds the pages' mechanism anywhere in the EAR and puts itself
 * before every application of it. Here it has no mechanism, and OpenID Connect would never be
 * asked.
 */
@WebListener
public class NoPagesSignIn implements ServletContextListener {

  @Override
  public void contextInitialized(ServletContextEvent event) {
    AuthConfigFactory.getFactory().removeServerAuthModule(event.getServletContext());
  }
}
