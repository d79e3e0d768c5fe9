package org.kvantenergo.web.people;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.kvantenergo.account.Organisations;
import org.kvantenergo.account.Roles;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.web.security.CurrentViewer;

/** «Роли»: what each allows, and one of them in a form. */
@Named("roles")
@ViewScoped
public class RolesView implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private transient Roles roles;
  @Inject private Choices choices;
  @Inject private CurrentViewer viewer;

  private long selected;
  private String name;
  private long organisation;
  private String[] permissions = {};
  private boolean demanding;
  private boolean withoutSecond;
  private transient List<Roles.Held> list;
  private transient String note;
  private transient boolean done;

  @PostConstruct
  void begin() {
    fresh();
  }

  /** The form is for a new role. */
  public void fresh() {
    selected = 0;
    name = "";
    organisation = viewer.get().scope().organisation().value();
    permissions = new String[0];
    demanding = false;
    withoutSecond = false;
    note = "";
  }

  /** The form is for one of the roles. */
  public void choose(long id) {
    fresh();
    roles.find(viewer.caller(), id).ifPresent(this::show);
  }

  private void show(Roles.Held role) {
    selected = role.id();
    name = role.name();
    demanding = role.asks().secondFactor();
    withoutSecond = role.asks().withoutSecondPassword();
    permissions = role.permissions().stream().sorted().map(Permission::name).toArray(String[]::new);
  }

  /** A new role begins with what the chosen one allows, as far as the viewer may it. */
  public void copy() {
    String[] same = permissions;
    fresh();
    permissions =
        Arrays.stream(same).filter(permission -> viewer.may(permission)).toArray(String[]::new);
  }

  /** Makes the role or changes it. */
  public void save() {
    Roles.Profile profile = new Roles.Profile(name == null ? "" : name.strip(), chosen());
    say(
        selected == 0
            ? roles.add(viewer.caller(), new OrganisationId(organisation), profile)
            : roles.change(viewer.caller(), selected, profile, viewer.token()));
  }

  /** Changes what the role asks of who has it. */
  public void ask() {
    Roles.Asks asks = new Roles.Asks(demanding, withoutSecond);
    say(roles.ask(viewer.caller(), selected, asks, viewer.token()));
  }

  /** Removes the role. */
  public void remove() {
    Roles.Outcome outcome = roles.remove(viewer.caller(), selected);
    if (outcome == Roles.Outcome.DONE) {
      fresh();
    }
    say(outcome);
  }

  private void say(Roles.Outcome outcome) {
    done = outcome == Roles.Outcome.DONE;
    note = "roles.said." + outcome.name();
    list = null;
  }

  private Set<Permission> chosen() {
    Set<Permission> chosen = EnumSet.noneOf(Permission.class);
    Arrays.stream(permissions).map(Permission::valueOf).forEach(chosen::add);
    return chosen;
  }

  /** The roles that the viewer sees. */
  public List<Roles.Held> getList() {
    if (list == null) {
      list = roles.list(viewer.caller());
    }
    return list;
  }

  /** The role in the form; null for a new one. */
  public Roles.Held getRole() {
    return getList().stream().filter(role -> role.id() == selected).findFirst().orElse(null);
  }

  /** Whether what the role asks may be changed. */
  public boolean isAdjustable() {
    Roles.Held role = getRole();
    return role != null && role.adjustable();
  }

  /** Whether the role opens «Технологический режим», which may ask for a second password. */
  public boolean isModal() {
    Roles.Held role = getRole();
    return role != null && role.permissions().contains(Permission.TECHNOLOGICAL_MODE);
  }

  public boolean isDemanding() {
    return demanding;
  }

  public void setDemanding(boolean demanding) {
    this.demanding = demanding;
  }

  public boolean isWithoutSecond() {
    return withoutSecond;
  }

  public void setWithoutSecond(boolean withoutSecond) {
    this.withoutSecond = withoutSecond;
  }

  /** Whether the form may be sent. */
  public boolean isOpen() {
    Roles.Held role = getRole();
    return role == null || role.open();
  }

  /** What can be chosen: what the viewer may; of a role that is only shown, what it allows. */
  public List<String> getChoices() {
    return Arrays.stream(Permission.values())
        .map(Permission::name)
        .filter(each -> isOpen() ? viewer.may(each) : Arrays.asList(permissions).contains(each))
        .toList();
  }

  /** Organisations that can be chosen. */
  public List<Organisations.Organisation> getOrganisations() {
    return choices.organisations();
  }

  public long getSelected() {
    return selected;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public long getOrganisation() {
    return organisation;
  }

  public void setOrganisation(long organisation) {
    this.organisation = organisation;
  }

  public String[] getPermissions() {
    return permissions.clone();
  }

  public void setPermissions(String[] permissions) {
    this.permissions = permissions == null ? new String[0] : permissions.clone();
  }

  /** Key of what to say; empty = nothing. */
  public String getNote() {
    return note == null ? "" : note;
  }

  public boolean isDone() {
    return done;
  }
}
