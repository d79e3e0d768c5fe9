package org.kvantenergo.web.command;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.Campaigns;
import org.kvantenergo.command.CommandDesk;
import org.kvantenergo.command.CommandKind;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderCheck;
import org.kvantenergo.command.OrderFault;
import org.kvantenergo.command.OrderFault.Field;
import org.kvantenergo.command.OrderFault.Problem;
import org.kvantenergo.command.Selection;
import org.kvantenergo.command.Sending;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;
import org.primefaces.PrimeFaces;

/**
 * «Инструменты → Команды»: one command for the devices that are picked on the page. What is typed
 * comes as parameters and stays nowhere; what would become of it is asked at every change.
 */
@Named("order")
@ViewScoped
public class OrderDialog implements Serializable {

  private static final long serialVersionUID = 1L;

  /** From so many on a few go first, unless somebody says otherwise. */
  private static final int MANY = 50;

  /** Whom the command is for. */
  public enum Aim {
    /** The ticked ones. */
    TICKED,
    /** The chosen one. */
    CHOSEN,
    /** All that the table lists. */
    LISTED,
    /** Those whose numbers were given. */
    LIST
  }

  @Inject private transient CommandDesk desk;
  @Inject private transient Campaigns campaigns;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;
  @Inject private Targets targets;

  private CommandKind kind = CommandKind.SCHEDULE;
  private Aim aim = Aim.CHOSEN;
  private List<String> numbers = List.of();
  private String key = "";
  private boolean composite;
  private boolean campaign;
  private boolean tried;
  private final Map<Field, String> first = new EnumMap<>(Field.class);
  private transient OrderCheck check;
  private transient Map<Field, String> wrong;
  private transient Draft draft;
  private transient String failure;

  /** Opens the form for the command {@code kind}. */
  public void open() {
    String asked = Asked.text("kind");
    kind =
        Arrays.stream(CommandKind.values())
            .filter(each -> each.name().equals(asked))
            .findFirst()
            .orElse(CommandKind.SCHEDULE);
    key = UUID.randomUUID().toString();
    aim =
        targets.tickedCount() > 0 ? Aim.TICKED : targets.chosen() != null ? Aim.CHOSEN : Aim.LISTED;
    numbers = List.of();
    tried = false;
    begin();
  }

  /** What the fields begin with depends on how many are meant. */
  private void begin() {
    first.clear();
    guarded(
        () -> {
          Draft trial = Draft.trial(kind, clock.instant().plusSeconds(1));
          OrderCheck found = desk.check(viewer.caller(), trial.order(selection(), false, key));
          campaign = mayMany() && found.count(Fate.QUEUED) > MANY;
          first.putAll(fields().first(title(), found.count(Fate.QUEUED), clock.instant()));
          look(fields().read(first, false, campaign), false);
        });
  }

  private String title() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), viewer.zone());
    return words().of(kind) + ", " + Moment.of(clock.instant(), viewer.zone(), today).date();
  }

  /** Something was typed, or somebody else is meant. */
  public void look() {
    guarded(
        () -> {
          meant();
          look(fields().read(), !Asked.text("order-touched").isEmpty());
        });
  }

  /** Parameter {@code aim}; with {@code numbers}, they are the list. */
  private void meant() {
    String asked = Asked.text("order-aim");
    aim = Arrays.stream(Aim.values()).filter(a -> a.name().equals(asked)).findFirst().orElse(aim);
    if (!Asked.text("listed").isEmpty()) {
      numbers =
          Arrays.stream(Asked.text("numbers").split("[\\s,;]+", -1))
              .filter(number -> !number.isEmpty())
              .limit(Selection.MOST + 1L)
              .toList();
    }
  }

  /**
   * Devices are counted as if nothing were opened: how many are locked is said beside the box,
   * which proposes itself where there are any.
   *
   * @param touched whether somebody has touched the box: then it stays as it is
   */
  private void look(Draft typed, boolean touched) {
    draft = typed;
    campaign = typed.plan() != null;
    check = asked(typed);
    wrong(check.faults());
    if (!check.faults().isEmpty()
        && check.counts().isEmpty()
        && !wrong.containsKey(Field.DEVICES)) {
      Draft trial = Draft.trial(kind, clock.instant().plusSeconds(1));
      OrderCheck found = desk.check(viewer.caller(), trial.order(selection(), false, key));
      check =
          new OrderCheck(
              check.faults(),
              found.counts(),
              found.samples(),
              found.wake(),
              found.password(),
              found.secondPerson());
    }
    composite = touched ? typed.composite() : kind.setting() && check.count(Fate.LOCKED) > 0;
  }

  private OrderCheck asked(Draft typed) {
    return typed.plan() == null
        ? desk.check(viewer.caller(), typed.order(selection(), false, key))
        : campaigns.check(viewer.caller(), typed.order(selection(), false, key), typed.plan());
  }

  /** What is empty is only asked for, until somebody tries to send, unless it has been emptied. */
  private void wrong(List<OrderFault> faults) {
    wrong = new EnumMap<>(Field.class);
    for (OrderFault fault : faults) {
      boolean untouched =
          (fault.problem() == Problem.MISSING && !first.containsKey(fault.field()))
              || (fault.problem() == Problem.EMPTY && aim == Aim.LIST);
      if (tried || !untouched) {
        wrong.putIfAbsent(fault.field(), words().of(fault));
      }
    }
  }

  /**
   * Sends what is typed, with parameter {@code password}. The answer: {@code note}, {@code link}
   * and {@code count} if commands are queued; else the fields say what is wrong.
   */
  public void send() {
    tried = true;
    guarded(
        () -> {
          meant();
          look(fields().read(), true);
          CommandDesk.Proof proof =
              new CommandDesk.Proof(viewer.token(), Asked.text("password").toCharArray());
          Sending sending;
          CampaignId begun = null;
          if (draft.plan() == null) {
            sending = desk.send(viewer.caller(), draft.order(selection(), composite, key), proof);
          } else {
            Campaigns.Start start =
                campaigns.start(
                    viewer.caller(), draft.order(selection(), composite, key), draft.plan(), proof);
            sending = start.sending();
            begun = start.campaign();
          }
          answer(sending, begun);
        });
  }

  private void answer(Sending sending, CampaignId begun) {
    if (sending instanceof Sending.Refused refused) {
      wrong(refused.faults());
      return;
    }
    boolean queued = sending instanceof Sending.Queued;
    long request =
        sending instanceof Sending.Queued q
            ? q.request().value()
            : ((Sending.Proposed) sending).request().value();
    long count =
        sending instanceof Sending.Queued q
            ? q.counts().getOrDefault(Fate.QUEUED, 0L)
            : ((Sending.Proposed) sending).counts().getOrDefault(Fate.QUEUED, 0L);
    String lined = composite ? "tasks" : "queued";
    String said = begun != null && queued ? "begun" : queued ? lined : "proposed";
    PrimeFaces.Ajax answer = PrimeFaces.current().ajax();
    answer.addCallbackParam("note", view().counted(count, "order.done." + said));
    answer.addCallbackParam("what", words().of(draft.command()));
    answer.addCallbackParam(
        "link", begun != null ? "?campaign=" + begun.value() : "?request=" + request);
  }

  private void guarded(Runnable action) {
    viewer.scope();
    viewer.caller().require(Permission.SEND_COMMANDS);
    failure = "";
    try {
      action.run();
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      failure = "order.lost";
    }
  }

  private Selection selection() {
    return switch (aim) {
      case TICKED -> targets.ticked();
      case CHOSEN -> new Selection.Ids(chosen());
      case LISTED -> targets.listed();
      case LIST -> new Selection.Numbers(numbers);
    };
  }

  private List<DeviceId> chosen() {
    return targets.chosen() == null ? List.of() : List.of(targets.chosen());
  }

  private OrderFields fields() {
    return new OrderFields(kind, viewer.zone());
  }

  private OrderView view() {
    return new OrderView(viewer.getLocale(), viewer.zone(), clock);
  }

  private CommandWords words() {
    return new CommandWords(viewer.getLocale(), viewer.zone());
  }

  /** Whether the person may mean more than one device. */
  private boolean mayMany() {
    return viewer.get().may(Permission.SEND_IN_BULK);
  }

  /** The device, if one alone is meant; null otherwise. */
  DeviceId single() {
    Selection meant = key.isEmpty() ? null : selection();
    return meant instanceof Selection.Ids ids && ids.devices().size() == 1
        ? ids.devices().get(0)
        : null;
  }

  /** Whether the form has been opened. */
  public boolean isOpened() {
    return !key.isEmpty();
  }

  public String getKind() {
    return kind.name();
  }

  public String getAim() {
    return aim.name();
  }

  public Targets getTargets() {
    return targets;
  }

  /** What stands in a field when the form opens. */
  public String value(String field) {
    return first.getOrDefault(Field.valueOf(field), "");
  }

  /** Whether something is wrong with a field. */
  public boolean wrong(String field) {
    return wrongs().containsKey(Field.valueOf(field));
  }

  /** Whether the command changes a setting, which can be opened and locked again. */
  public boolean isSetting() {
    return kind.setting();
  }

  /** Whether settings are opened and locked again. */
  public boolean isComposite() {
    return composite;
  }

  /** Whether a few can go first. */
  public boolean isMany() {
    return mayMany();
  }

  /** Whether a few go first. */
  public boolean isCampaign() {
    return campaign;
  }

  /** Whether the password is asked for. */
  public boolean isPassword() {
    return check != null && check.password();
  }

  /** Whether somebody else has to approve. */
  public boolean isSecondPerson() {
    return check != null && check.secondPerson();
  }

  /** Key of what went wrong that is nobody's mistake; empty if nothing did. */
  public String getFailure() {
    return failure == null ? "" : failure;
  }

  /** What would become of it; null before it was asked. */
  OrderCheck check() {
    return check;
  }

  /** What is wrong, by the field. */
  Map<Field, String> wrongs() {
    return wrong == null ? Map.of() : wrong;
  }

  /** What stands in the fields; null before somebody looked. */
  Draft draft() {
    return draft;
  }

  Aim aim() {
    return aim;
  }

  /** How many numbers the list has. */
  int listed() {
    return numbers.size();
  }
}
