package org.kvantenergo.web.command;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderCheck;
import org.kvantenergo.command.OrderFault.Field;
import org.kvantenergo.web.command.OrderDialog.Aim;
import org.kvantenergo.web.security.CurrentViewer;

/** What the dialog «Команды» says of what stands in its fields, in the viewer's language. */
@Named("orderSaid")
@RequestScoped
public class OrderSaid {

  /** What the form has no field for. */
  private static final Set<Field> WHOLE =
      EnumSet.of(
          Field.COMMAND, Field.PRIORITY, Field.COMPOSITE, Field.KEY, Field.MODE, Field.WHOLE);

  @Inject private OrderDialog dialog;
  @Inject private CurrentViewer viewer;
  @Inject private Clock clock;

  private OrderView view() {
    return new OrderView(viewer.getLocale(), viewer.zone(), clock);
  }

  private long count(Fate fate) {
    return dialog.check() == null ? 0 : dialog.check().count(fate);
  }

  /** «4 отмеченных модуля, группа 642M_MTS». */
  public String getWhom() {
    OrderView view = view();
    String whom =
        switch (dialog.aim()) {
          case TICKED -> view.counted(dialog.getTargets().tickedCount(), "order.whom.TICKED");
          case CHOSEN -> view.text("order.whom.CHOSEN") + " " + dialog.getTargets().serial();
          case LISTED -> view.counted(dialog.getTargets().listedCount(), "order.whom.LISTED");
          case LIST -> view.counted(dialog.listed(), "order.whom.LIST");
        };
    return dialog.aim() == Aim.LIST || dialog.getTargets().group().isEmpty()
        ? whom
        : whom + ", " + view.text("order.group") + " " + dialog.getTargets().group();
  }

  /** What is wrong with a field, or else what it takes. */
  public String said(String field) {
    if (dialog.wrong(field)) {
      return dialog.wrongs().get(Field.valueOf(field));
    }
    OrderView view = view();
    String hint = "order.hint." + field;
    return field.equals("PERIOD") && dialog.draft() != null
        ? view.often(dialog.draft().command().periodMinutes()) + view.text(hint)
        : view.text(hint);
  }

  /** What is wrong with none of the fields that the form shows. */
  public String getWhole() {
    return dialog.wrongs().entrySet().stream()
        .filter(each -> WHOLE.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /** Whether «Технологический режим» has to be opened first. */
  public boolean isShut() {
    return dialog.wrong("MODE");
  }

  /** How many would refuse otherwise. */
  public String getLocked() {
    long locked = count(Fate.LOCKED);
    return locked == 0
        ? view().text("order.composite.none")
        : view().counted(locked, "order.composite.locked");
  }

  /** When it was looked at. */
  public String getAt() {
    return view().time();
  }

  /** What becomes of whom. */
  public List<OrderLine> getLines() {
    return dialog.check() == null ? List.of() : view().lines(dialog.check(), dialog.isComposite());
  }

  /** When they come. */
  public WakeView getWake() {
    return view().wake(dialog.check() == null ? OrderCheck.WakeTimes.NONE : dialog.check().wake());
  }

  /** «Поставить 4 команды в очередь». */
  public String getGo() {
    long count = count(Fate.QUEUED);
    if (count == 0) {
      return view().text("order.go");
    }
    return dialog.isSecondPerson()
        ? view().framed("order.go.propose", count)
        : dialog.isCampaign()
            ? view().framed("order.go.begin", count)
            : view().framed(dialog.isComposite() ? "order.go.tasks" : "order.go.commands", count);
  }
}
