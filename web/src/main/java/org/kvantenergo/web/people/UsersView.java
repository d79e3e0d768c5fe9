package org.kvantenergo.web.people;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kvantenergo.account.Organisations;
import org.kvantenergo.account.Users;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.security.CurrentViewer;

/** «Пользователи»: whoever the viewer may have in order, and one of them in a form. */
@Named("users")
@ViewScoped
public class UsersView implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int ROWS = 100;

  @Inject private transient Users users;
  @Inject private Choices choices;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  private String text = "";
  private int page;
  private long selected;
  private String login;
  private String name;
  private long organisation;
  private Long[] roles = {};
  private transient Page<Users.User> list;
  private transient List<Line> lines;
  private transient String note;
  private transient boolean done;
  private transient String password;
  private transient String until;
  private transient Users.User user;
  private transient List<Open> sessions;

  @PostConstruct
  void begin() {
    fresh();
  }

  /** Searches. */
  public void search() {
    page = 0;
    unread();
  }

  /** Turns the page: 1 or −1. */
  public void turn(int by) {
    page = Math.max(0, page + by);
    unread();
  }

  private void unread() {
    list = null;
    lines = null;
    user = null;
    sessions = null;
  }

  /** The form is for a new account. */
  public void fresh() {
    selected = 0;
    user = null;
    sessions = null;
    login = "";
    name = "";
    organisation = viewer.get().scope().organisation().value();
    roles = new Long[0];
    say(null, "");
  }

  /** The form is for one of the accounts. */
  public void choose(long id) {
    fresh();
    users
        .find(viewer.caller(), id)
        .ifPresent(
            found -> {
              selected = found.id();
              login = found.login();
              name = found.name();
              organisation = found.organisation().value();
              roles = found.roles().toArray(Long[]::new);
            });
  }

  /** Makes the account or changes it. */
  public void save() {
    Users.Profile profile =
        new Users.Profile(
            name == null ? "" : name.strip(),
            new OrganisationId(organisation),
            Arrays.asList(roles));
    after(
        selected == 0
            ? users.add(viewer.caller(), login, profile)
            : users.change(viewer.caller(), selected, profile));
  }

  /** Gives a first password anew. */
  public void reset() {
    after(users.resetPassword(viewer.caller(), selected));
  }

  /** Takes the second factor away. */
  public void resetFactor() {
    after(users.resetFactor(viewer.caller(), selected));
  }

  /** Takes the second password away. */
  public void resetSecondPassword() {
    after(users.resetSecondPassword(viewer.caller(), selected));
  }

  /** Ends a session of the account; 0 = all. */
  public void endSession(long id) {
    after(users.endSession(viewer.caller(), selected, id));
  }

  /** Blocks, or takes the block away. */
  public void block(boolean blocked) {
    after(users.block(viewer.caller(), selected, blocked));
  }

  private void after(Users.Result result) {
    say(result.outcome(), result.password());
    until = moment(result.until());
    unread();
  }

  private void say(Users.Outcome outcome, String first) {
    done = outcome == Users.Outcome.DONE;
    note = outcome == null ? "" : "users.said." + outcome.name();
    password = first;
  }

  /** What is listed. */
  public List<Line> getLines() {
    if (lines == null) {
      lines = read();
    }
    return lines;
  }

  private List<Line> read() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), viewer.zone());
    Map<Long, Users.Role> known =
        users.roles(viewer.caller()).stream()
            .collect(Collectors.toMap(Users.Role::id, Function.identity()));
    return page().rows().stream()
        .map(
            each ->
                new Line(
                    each.id(),
                    each.login(),
                    each.name(),
                    each.organisationName(),
                    each.roles().stream().map(known::get).filter(r -> r != null).toList(),
                    each.blockedAt() != null,
                    each.mustChange(),
                    each.secondFactor(),
                    Moment.of(each.signedInAt(), viewer.zone(), today)))
        .toList();
  }

  private String moment(Instant at) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), viewer.zone());
    return Moment.of(at, viewer.zone(), today).text();
  }

  /** When the account was last signed in. */
  public String getSignedIn() {
    return moment(getUser().signedInAt());
  }

  /** Until when a first password opens anything. */
  public String getFirstUntil() {
    return moment(getUser().firstUntil());
  }

  /** Where the account is signed in. */
  public List<Open> getSessions() {
    if (sessions == null) {
      sessions =
          users.sessions(viewer.caller(), selected).stream()
              .map(open -> new Open(open.id(), open.address(), open.agent(), moment(open.seenAt())))
              .toList();
    }
    return sessions;
  }

  /**
   * A session as the page lists it.
   *
   * @param id of the session
   * @param address from where
   * @param agent what the browser says of itself
   * @param seen when last used
   */
  public record Open(long id, String address, String agent, String seen) {}

  /**
   * An account as the page lists it.
   *
   * @param id the account
   * @param login its login
   * @param name of the person
   * @param organisation its name
   * @param roles that the viewer knows
   * @param blocked whether it is blocked
   * @param first whether its password is a first one
   * @param factor whether it has a second factor
   * @param signedIn when somebody last signed in with it
   */
  public record Line(
      long id,
      String login,
      String name,
      String organisation,
      List<Users.Role> roles,
      boolean blocked,
      boolean first,
      boolean factor,
      Moment signedIn) {}

  /** The account in the form; null for a new one. */
  public Users.User getUser() {
    if (user == null && selected != 0) {
      user = users.find(viewer.caller(), selected).orElse(null);
    }
    return user;
  }

  /** Whether the form may be sent: one's own account and mightier ones are only shown. */
  public boolean isOpen() {
    Users.User chosen = getUser();
    return chosen == null || (!chosen.mightier() && chosen.id() != viewer.get().accountId());
  }

  /** Roles that can be given. */
  public List<Users.Role> getChoices() {
    return choices.roles();
  }

  /** Organisations that can be chosen. */
  public List<Organisations.Organisation> getOrganisations() {
    return choices.organisations();
  }

  private Page<Users.User> page() {
    if (list == null) {
      list = users.list(viewer.caller(), text, new Slice((long) page * ROWS, ROWS));
    }
    return list;
  }

  public long getTotal() {
    return page().total();
  }

  public boolean isOlder() {
    return (page + 1L) * ROWS < getTotal();
  }

  public boolean isNewer() {
    return page > 0;
  }

  public String getText() {
    return text;
  }

  public void setText(String text) {
    this.text = text == null ? "" : text.replace("\0", "").strip();
  }

  public long getSelected() {
    return selected;
  }

  public String getLogin() {
    return login;
  }

  public void setLogin(String login) {
    this.login = login;
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

  public Long[] getRoles() {
    return roles.clone();
  }

  public void setRoles(Long[] roles) {
    this.roles = roles == null ? new Long[0] : roles.clone();
  }

  /** Key of what to say; empty = nothing. */
  public String getNote() {
    return note == null ? "" : note;
  }

  public boolean isDone() {
    return done;
  }

  /** When the first password that was made expires. */
  public String getUntil() {
    return until == null ? "" : until;
  }

  /** A first password, shown this once; empty if none was made. */
  public String getPassword() {
    return password == null ? "" : password;
  }
}
