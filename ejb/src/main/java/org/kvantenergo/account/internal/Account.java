package org.kvantenergo.account.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Scope;

/** An account. */
@Entity
@Table(name = "account")
public class Account {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(optional = false)
  @JoinColumn(name = "organisation_id")
  private Organisation organisation;

  @Column(name = "login")
  private String login;

  @Column(name = "name")
  private String name;

  @Column(name = "password_hash")
  private String passwordHash;

  @Column(name = "locale")
  private String locale = "ru";

  @Column(name = "zone")
  private String zone = "Europe/Moscow";

  @Column(name = "blocked_at")
  private OffsetDateTime blockedAt;

  @Column(name = "must_change")
  private boolean mustChange;

  @Column(name = "first_until")
  private OffsetDateTime firstUntil;

  @Column(name = "second_password_hash")
  private String secondPasswordHash;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected Account() {}

  Account(Organisation organisation, Login login, String name, String passwordHash) {
    this.organisation = organisation;
    this.login = login.value();
    this.name = name;
    this.passwordHash = passwordHash;
  }

  long id() {
    return id;
  }

  String login() {
    return login;
  }

  String passwordHash() {
    return passwordHash;
  }

  String name() {
    return name;
  }

  boolean isBlocked() {
    return blockedAt != null;
  }

  /** Whether the password is a first one that opens nothing any more. */
  boolean isExpired(Instant now) {
    return mustChange && firstUntil != null && !firstUntil.toInstant().isAfter(now);
  }

  /** Of the second password, as a PHC string; null if none has been set. */
  String secondPasswordHash() {
    return secondPasswordHash;
  }

  void chooseLocale(Locale chosen) {
    locale = chosen.toLanguageTag();
  }

  Viewer viewer(Rights rights) {
    Scope scope = new Scope(new OrganisationId(organisation.id()), organisation.runsInstallation());
    return new Viewer(
        id,
        login,
        name,
        scope,
        rights.permissions(),
        Locale.forLanguageTag(locale),
        ZoneId.of(zone),
        mustChange,
        rights.mustEnrol(),
        rights.asksSecondPassword());
  }
}
