package org.kvantenergo.boot.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.account.AccountSetup;

/**
 * Who can sign in right after an installation: the demo's users in a demo, else the administrator
 * whose password the installer has set.
 */
@ApplicationScoped
public class FirstPeople {

  @Inject private AccountSetup accounts;
  @Inject private DemoData demo;
  @Inject private Purpose purpose;

  @Inject
  @ConfigProperty(name = "kvant.demo", defaultValue = "false")
  private boolean demoWanted;

  @Inject
  @ConfigProperty(name = "kvant.demo.modules", defaultValue = "0")
  private int demoModules;

  @Inject
  @ConfigProperty(name = "kvant.demo.stations", defaultValue = "0")
  private int demoStations;

  @Inject
  @ConfigProperty(name = "kvant.demo.blocks", defaultValue = "0")
  private int demoBlocks;

  @Inject
  @ConfigProperty(name = "kvant.admin.password")
  private Optional<String> adminPassword;

  /** Idempotent; refuses a database that is for the other. */
  public void prepare() {
    purpose.require(demoWanted);
    accounts.openBreachedPasswords();
    if (demoWanted) {
      demo.prepare(new DemoData.Size(demoModules, demoStations, demoBlocks));
    } else {
      // An empty password makes no account, but says so where there is none yet.
      accounts.createFirstAdministrator(adminPassword.orElse("").toCharArray());
    }
  }
}
