package org.kvantenergo.account;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The provider of OpenID Connect by which people may sign on.
 *
 * @param url where it is; its description is at {@code /.well-known/openid-configuration} below
 * @param clientId as what the provider knows us
 * @param secret the client's; empty for a public client
 * @param scope what is asked for besides {@code openid}
 * @param claim what names a person whom an account expects; {@code email} counts only if verified
 * @param name as the login page calls the provider
 * @param vouches whether its word stands for the second factor too
 */
public record ProviderSettings(
    String url,
    String clientId,
    String secret,
    String scope,
    String claim,
    String name,
    boolean vouches) {

  /** The setting that says whether the provider's word stands for the second factor too. */
  public static final String SECOND_FACTOR = "kvant.oidc.second-factor";

  private static final String PREFIX = "kvant.oidc.";

  /** Read from the configuration; empty if no provider is named. */
  public static Optional<ProviderSettings> of(Config config) {
    String url = text(config, "provider-url", "");
    String client = text(config, "client-id", "");
    if (url.isEmpty() || client.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ProviderSettings(
            url,
            client,
            text(config, "client-secret", ""),
            text(config, "scope", "profile email"),
            text(config, "claim", "preferred_username"),
            text(config, "name", "OpenID Connect"),
            Boolean.parseBoolean(text(config, "second-factor", "false"))));
  }

  /**
   * Settings that are of no use.
   *
   * @param set the one that is there
   * @param missing the one that would have to be there too
   */
  public record Half(String set, String missing) {}

  /** What was forgotten, if half of what names a provider is set. */
  public static Optional<Half> halfSet(Config config) {
    boolean url = !text(config, "provider-url", "").isEmpty();
    boolean client = !text(config, "client-id", "").isEmpty();
    if (url == client) {
      return Optional.empty();
    }
    String first = PREFIX + "provider-url";
    String second = PREFIX + "client-id";
    return Optional.of(url ? new Half(first, second) : new Half(second, first));
  }

  private static String text(Config config, String name, String otherwise) {
    return config
        .getOptionalValue(PREFIX + name, String.class)
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .orElse(otherwise);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ProviderSettings[" + url + ", " + clientId + "]";
  }
}
