package org.kvantenergo.account.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
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

  @Enumerated(EnumType.STRING)
  @Column(name = "role")
  private Viewer.Role role;

  @Column(name = "password_hash")
  private String passwordHash;

  @Column(name = "locale")
  private String locale = "ru";

  @Column(name = "zone")
  private String zone = "Europe/Moscow";

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected Account() {}

  Account(
      Organisation organisation, Login login, String name, Viewer.Role role, String passwordHash) {
    this.organisation = organisation;
    this.login = login.value();
    this.name = name;
    this.role = role;
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

  void chooseLocale(Locale chosen) {
    locale = chosen.toLanguageTag();
  }

  Viewer viewer() {
    Scope scope = new Scope(new OrganisationId(organisation.id()), organisation.runsInstallation());
    return new Viewer(id, login, name, role, scope, Locale.forLanguageTag(locale), ZoneId.of(zone));
  }
}
