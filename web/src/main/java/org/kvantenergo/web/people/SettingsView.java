package org.kvantenergo.web.people;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.kvantenergo.web.security.CurrentViewer;
import org.kvantenergo.web.security.Language;

/** The own language and time zone on «Мой доступ». */
@Named("settings")
@ViewScoped
public class SettingsView implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Of Russia, from west to east; the person's own is added where it is another. */
  private static final List<String> ZONES =
      List.of(
          "Europe/Kaliningrad",
          "Europe/Moscow",
          "Europe/Volgograd",
          "Europe/Samara",
          "Asia/Yekaterinburg",
          "Asia/Omsk",
          "Asia/Novosibirsk",
          "Asia/Krasnoyarsk",
          "Asia/Irkutsk",
          "Asia/Yakutsk",
          "Asia/Vladivostok",
          "Asia/Magadan",
          "Asia/Kamchatka",
          "UTC");

  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  private String language;
  private String zone;
  private transient boolean done;

  /**
   * A zone that can be chosen.
   *
   * @param id as the IANA database names it
   * @param label in the viewer's language, with what it differs from UTC by now
   */
  public record Zone(String id, String label) {}

  @PostConstruct
  void begin() {
    language = viewer.getLocale().toLanguageTag();
    zone = viewer.zone().getId();
  }

  /** Shows everything so from now on. */
  public void save() {
    if (language == null || zone == null) {
      // Not by this page: a form without its lists.
      begin();
      return;
    }
    // What the lists do not offer, the form does not let through.
    viewer.choose(Locale.forLanguageTag(language), ZoneId.of(zone));
    done = true;
  }

  /** Tags of the languages there are. */
  public List<String> getLanguages() {
    return Language.ALL.stream().map(Locale::toLanguageTag).toList();
  }

  /** What a language calls itself. */
  public String nameOf(String tag) {
    Locale locale = Locale.forLanguageTag(tag);
    String name = locale.getDisplayLanguage(locale);
    return name.substring(0, 1).toUpperCase(locale) + name.substring(1);
  }

  /** Zones, by what they differ from UTC by. */
  public List<Zone> getZones() {
    Instant now = clock.instant();
    Locale locale = viewer.getLocale();
    return Stream.concat(ZONES.stream(), Stream.of(viewer.zone().getId()))
        .distinct()
        .map(ZoneId::of)
        .sorted(
            Comparator.comparingInt((ZoneId id) -> id.getRules().getOffset(now).getTotalSeconds())
                .thenComparing(ZoneId::getId))
        .map(id -> new Zone(id.getId(), label(id, now, locale)))
        .toList();
  }

  private static String label(ZoneId id, Instant now, Locale locale) {
    String offset = id.getRules().getOffset(now).getId().replace("Z", "+00:00");
    String name = id.getDisplayName(TextStyle.FULL_STANDALONE, locale);
    return "UTC" + offset.replace('-', '\u2212') + " · " + name;
  }

  public String getLanguage() {
    return language;
  }

  public void setLanguage(String language) {
    this.language = language;
  }

  public String getZone() {
    return zone;
  }

  public void setZone(String zone) {
    this.zone = zone;
  }

  public boolean isDone() {
    return done;
  }
}
