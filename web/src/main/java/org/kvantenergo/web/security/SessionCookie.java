package org.kvantenergo.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;
import org.kvantenergo.shared.PagesByTls;

/**
 * Where pages come by TLS alone, the name of the session's cookie says so: browsers take it from
 * this host over TLS and from nobody else.
 */
@WebListener
public class SessionCookie implements ServletContextListener {

  @Inject private PlainPages pages;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    if (pages.alwaysByTls()) {
      SessionCookieConfig cookie = event.getServletContext().getSessionCookieConfig();
      cookie.setName(PagesByTls.cookie(cookie.getName(), "/"));
    }
  }
}
