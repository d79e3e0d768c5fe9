package org.kvantenergo.account.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An organisation, as far as accounts need it. */
@Entity
@Table(name = "organisation")
public class Organisation {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "name")
  private String name;

  @Column(name = "runs_installation")
  private boolean runsInstallation;

  @Column(name = "kind")
  private String kind;

  /** For JPA. */
  protected Organisation() {}

  Organisation(String name, boolean runsInstallation) {
    this.name = name;
    this.runsInstallation = runsInstallation;
    this.kind = runsInstallation ? "OPERATOR" : "SUPPLIER";
  }

  Long id() {
    return id;
  }

  String name() {
    return name;
  }

  boolean runsInstallation() {
    return runsInstallation;
  }
}
