package org.kvantenergo.web.sso;

import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.kvantenergo.account.ProviderSettings;
import org.kvantenergo.shared.ServerMessage;
import org.wildfly.security.http.oidc.OidcClientConfiguration;
import org.wildfly.security.http.oidc.OidcClientConfigurationBuilder;
import org.wildfly.security.http.oidc.OidcClientConfigurationResolver;
import org.wildfly.security.http.oidc.OidcHttpFacade;
import org.wildfly.security.http.oidc.OidcJsonConfiguration;

/**
 * Tells Elytron of the provider in the application's own settings; made by Elytron. The provider is
 * asked for its addresses and keys at the first sign-on, not before.
 */
public class ProviderResolver implements OidcClientConfigurationResolver {

  /** Milliseconds until a provider that does not answer is given up. */
  private static final int PATIENCE = 10_000;

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.account");

  private final OidcClientConfiguration configuration =
      settings().map(ProviderResolver::configuration).orElseGet(ProviderResolver::none);

  /** The provider; empty if there is none. */
  static Optional<ProviderSettings> settings() {
    return ProviderSettings.of(ConfigProvider.getConfig());
  }

  @Override
  public OidcClientConfiguration resolve(OidcHttpFacade.Request request) {
    return configuration;
  }

  private static OidcClientConfiguration none() {
    ProviderSettings.halfSet(ConfigProvider.getConfig())
        .ifPresent(half -> ServerMessage.PROVIDER_HALF_SET.log(LOG, half.set(), half.missing()));
    return new OidcClientConfiguration();
  }

  private static OidcClientConfiguration configuration(ProviderSettings settings) {
    OidcJsonConfiguration json = new OidcJsonConfiguration();
    json.setProviderUrl(settings.url());
    json.setClientId(settings.clientId());
    if (settings.secret().isEmpty()) {
      json.setPublicClient(true);
    } else {
      json.setCredentials(Map.of("secret", settings.secret()));
    }
    json.setScope(settings.scope());
    // From elsewhere by HTTPS only; on the machine itself as it comes.
    json.setSslRequired("external");
    json.setConfidentialPort(
        ConfigProvider.getConfig()
            .getOptionalValue("kvant.https.port", Integer.class)
            .orElse(8443));
    json.setConnectionTimeoutMillis(PATIENCE);
    json.setSocketTimeoutMillis(PATIENCE);
    return OidcClientConfigurationBuilder.build(json);
  }
}
