package org.kvantenergo.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.web.WebLog;

/**
 * Pictures of streets for the map from a server that the operator names; without one the map has
 * its own background and asks nobody. The browser gets leave for that one origin, on that one page.
 */
@Named("mapTiles")
@ApplicationScoped
public class MapTiles {

  /** The page that has it. */
  static final String PAGE = "/map.xhtml";

  /** The origin has no sign that would end it in the policy, and no part that changes. */
  private static final Pattern ADDRESS =
      Pattern.compile("(https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?)/[!-~]*");

  private final String template;
  private final String attribution;
  private final String origin;

  /**
   * As the configuration says. A template that is none is said once, and there is no background
   * then: the pages go on.
   *
   * @param template {@code kvant.map.tiles}: an address with {z}, {x} and {y}
   * @param attribution {@code kvant.map.attribution}: what the licence of the pictures wants said
   */
  @Inject
  public MapTiles(
      @ConfigProperty(name = "kvant.map.tiles") Optional<String> template,
      @ConfigProperty(name = "kvant.map.attribution") Optional<String> attribution) {
    String asked = template.orElse("").strip();
    Optional<String> allowed = origin(asked);
    if (!asked.isEmpty() && allowed.isEmpty()) {
      WebLog.TILES_REFUSED.say(new IllegalArgumentException(asked));
    }
    this.origin = allowed.orElse("");
    this.template = allowed.isEmpty() ? "" : asked;
    this.attribution = attribution.orElse("").strip();
  }

  /** For the proxies of CDI. */
  protected MapTiles() {
    this(Optional.empty(), Optional.empty());
  }

  /** Of an address whose host is one and whose path has the three; empty if it is none. */
  private static Optional<String> origin(String template) {
    Matcher address = ADDRESS.matcher(template);
    boolean whole =
        template.contains("{z}") && template.contains("{x}") && template.contains("{y}");
    return whole && address.matches() ? Optional.of(address.group(1)) : Optional.empty();
  }

  /** The template; empty if there is none. */
  public String getTemplate() {
    return template;
  }

  /** What is said about where the pictures come from; empty = nothing. */
  public String getAttribution() {
    return attribution;
  }

  /** From where a page may have pictures besides our own; empty if from nowhere. */
  Optional<String> originFor(String page) {
    return page.equals(PAGE) && !origin.isEmpty() ? Optional.of(origin) : Optional.empty();
  }
}
