package org.kvantenergo.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whom to ask when the login does not work. The operator's manual names the defaults. */
@Named("support")
@ApplicationScoped
public class Support {

  @Inject
  @ConfigProperty(name = "kvant.support.phone", defaultValue = "+7 (800) 250-79-14")
  private String phone;

  @Inject
  @ConfigProperty(name = "kvant.support.email", defaultValue = "admin@kvant.online")
  private String email;

  public String getPhone() {
    return phone;
  }

  /** For a {@code tel:} link: digits and plus. */
  public String getDial() {
    return phone.replaceAll("[^0-9+]", "");
  }

  public String getEmail() {
    return email;
  }
}
