package org.kvantenergo.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.kvantenergo.account.ProviderSettings;
import org.kvantenergo.account.SignOn;

/** What the login page offers of the provider, and says when it did not work. */
@Named("providerSignOn")
@RequestScoped
public class ProviderSignOn {

  /** Set when somebody whom the provider vouched for signs out: they are asked there next time. */
  static final String ASK = "KVANTASK";

  /** Where the application lies that asks the provider. */
  private static final String ENTER = "/sso/enter";

  @Inject private Config config;
  @Inject private HttpServletRequest request;

  /** Whether there is a provider. */
  public boolean isOffered() {
    return settings().isPresent();
  }

  /** How the provider is called. */
  public String getName() {
    return settings().map(ProviderSettings::name).orElse("");
  }

  /** Where the way to it begins. */
  public String getHref() {
    boolean asks = Cookies.value(request, ASK, "/").isPresent();
    return asks ? ENTER + "?prompt=login" : ENTER;
  }

  /** Key of the text that says why somebody is back here; empty if nobody came back. */
  public String getNote() {
    String reason = request.getParameter("provider");
    return Arrays.stream(SignOn.Reason.values())
        .map(SignOn.Reason::name)
        .filter(name -> isOffered() && name.equals(reason))
        .map(name -> "provider." + name)
        .findFirst()
        .orElse("");
  }

  private Optional<ProviderSettings> settings() {
    return ProviderSettings.of(config);
  }
}
