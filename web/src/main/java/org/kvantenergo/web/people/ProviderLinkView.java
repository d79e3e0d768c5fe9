package org.kvantenergo.web.people;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.kvantenergo.account.ProviderLinks;
import org.kvantenergo.account.ProviderLinks.Link;
import org.kvantenergo.account.ProviderLinks.Outcome;
import org.kvantenergo.account.ProviderSettings;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.security.CurrentViewer;

/** On «Пользователи»: which of the provider's people the account in the form is. */
@Named("providerLink")
@ViewScoped
public class ProviderLinkView implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String LINK = ProviderLinkView.class.getName() + ".link";
  private static final String SAID = ProviderLinkView.class.getName() + ".said";

  @Inject private transient ProviderLinks links;
  @Inject private transient Config config;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;
  @Inject private UsersView users;

  private String name;

  /** Whether there is anything to show: a provider, and an account in the form. */
  public boolean isShown() {
    return settings().isPresent() && users.getSelected() != 0 && link() != null;
  }

  /** Lets the account expect somebody, or with an empty name nobody. */
  public void save() {
    say(links.link(viewer.caller(), users.getSelected(), name == null ? "" : name.strip()));
  }

  /** Takes the account's password away. */
  public void removePassword() {
    say(links.removePassword(viewer.caller(), users.getSelected()));
  }

  private static void say(Outcome outcome) {
    thisRequest().put(SAID, outcome);
    thisRequest().remove(LINK);
  }

  private Link link() {
    return (Link)
        thisRequest()
            .computeIfAbsent(
                LINK, key -> links.find(viewer.caller(), users.getSelected()).orElse(null));
  }

  private static Outcome said() {
    return (Outcome) thisRequest().get(SAID);
  }

  /** What is said of an action is said once, and the account may be another at the next. */
  private static Map<String, Object> thisRequest() {
    return FacesContext.getCurrentInstance().getExternalContext().getRequestMap();
  }

  private Optional<ProviderSettings> settings() {
    return ProviderSettings.of(config);
  }

  /** How the provider is called. */
  public String getProvider() {
    return settings().map(ProviderSettings::name).orElse("");
  }

  /** Which claim of the provider's is expected. */
  public String getClaim() {
    return settings().map(ProviderSettings::claim).orElse("");
  }

  /** Whom the account expects. */
  public String getName() {
    return said() == null || isDone() ? link().name() : name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /** Whether the provider's person has signed on. */
  public boolean isLinked() {
    return link().subject() != null;
  }

  /** The provider's own name of the person. */
  public String getSubject() {
    return link().subject();
  }

  /** When they did so first. */
  public Moment getLinkedAt() {
    return Moment.of(
        link().linkedAt(), viewer.zone(), LocalDate.ofInstant(clock.instant(), viewer.zone()));
  }

  /** Whether the account has no password. */
  public boolean isPasswordless() {
    return link().passwordless();
  }

  /** Whether the password can be taken away. */
  public boolean isRemovable() {
    return !link().name().isEmpty() && !link().passwordless();
  }

  /** Key of what to say; empty = nothing. */
  public String getNote() {
    return said() == null ? "" : "provider.said." + said().name();
  }

  public boolean isDone() {
    return said() == Outcome.DONE;
  }
}
