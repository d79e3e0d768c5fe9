package org.kvantenergo.web.registry;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.registry.lists.Column;
import org.kvantenergo.registry.lists.ListError;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.registry.lists.ListStatus;
import org.kvantenergo.registry.lists.Lists;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Plural;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * «Импорт счётчиков»: one list, what became of it and what is wrong with it. Parameters: {@code id}
 * of the list, none before the first file; {@code from}, first error that is shown.
 */
@Named("meterList")
@RequestScoped
public class ListView {

  private static final int ERRORS_SHOWN = 200;

  private final Lists lists;
  private final Clock clock;
  private final CurrentViewer viewer;
  private boolean looked;
  private boolean failed;
  private ListStatus status;
  private List<Recent> recent = List.of();
  private Page<ErrorLine> errors = new Page<>(List.of(), 0);

  @Inject
  public ListView(Lists lists, Clock clock, CurrentViewer viewer) {
    this.lists = lists;
    this.clock = clock;
    this.viewer = viewer;
  }

  /** For the proxies of CDI. */
  protected ListView() {
    this(null, null, null);
  }

  /** Before the page is shown. */
  public void load() {
    viewer.caller().require(Permission.REGISTER);
    look();
  }

  /** Once a request, and before a button is pressed too: what is not shown cannot be pressed. */
  private void look() {
    if (looked) {
      return;
    }
    looked = true;
    try {
      ListId id = id();
      status = lists.status(viewer.caller(), id).orElse(null);
      if (status == null) {
        recent = lists.recent(viewer.caller()).stream().map(this::recent).toList();
      }
      if (status != null && status.done()) {
        errors = errors(id);
      }
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      failed = true;
    }
  }

  /** «Загрузить»: everything, or with bad lines left out. Parameter {@code id}. */
  public String apply(boolean leaveOutBad) {
    ListId id = id();
    if (lists.begin(viewer.caller(), id, leaveOutBad)) {
      lists.apply(viewer.caller(), id, leaveOutBad);
    }
    return "meterlist?faces-redirect=true&id=" + id.value();
  }

  /** «Отменить»: nothing of it is loaded. Parameter {@code id}. */
  public String cancel() {
    ListId id = id();
    lists.cancel(viewer.caller(), id);
    return "meterlist?faces-redirect=true&id=" + id.value();
  }

  /**
   * A list that was brought lately.
   *
   * @param id of the list
   * @param fileName as it was called
   * @param state name of where it is
   * @param progress 0..100 of what is under way
   * @param done whether there is nothing to wait for
   * @param lines how many there are
   * @param errors how many errors there are
   * @param at when it was brought
   */
  public record Recent(
      long id,
      String fileName,
      String state,
      int progress,
      boolean done,
      String lines,
      String errors,
      Moment at) {}

  private Recent recent(ListStatus list) {
    return new Recent(
        list.id().value(),
        list.fileName(),
        list.state().name(),
        list.progress(),
        list.done(),
        whole(list.lines()),
        list.errors() == 0 ? "" : whole(list.errors()),
        Moment.of(
            list.createdAt(), viewer.zone(), LocalDate.ofInstant(clock.instant(), viewer.zone())));
  }

  /** One's own lists of the last day, newest first; while none is shown. */
  public List<Recent> getRecent() {
    look();
    return recent;
  }

  /** Whether the list can be given up. */
  public boolean isOpen() {
    look();
    return status != null && (!status.done() || status.state() == ListStatus.State.CHECKED);
  }

  private Page<ErrorLine> errors(ListId id) {
    Page<ListError> page =
        lists.errors(viewer.caller(), id, new Slice(Asked.number("from"), ERRORS_SHOWN));
    List<ErrorLine> shown = new ArrayList<>(page.rows().size());
    for (ListError error : page.rows()) {
      Column column = error.column();
      shown.add(
          new ErrorLine(
              error.line() == 0 ? "" : whole(error.line()),
              column == null ? "" : column.header(viewer.getLocale()),
              "list.problem." + error.problem(),
              error.value()));
    }
    return new Page<>(shown, page.total());
  }

  /** Null before the first file, and for a list of somebody else's. */
  public ListStatus getStatus() {
    look();
    return status;
  }

  /** Name of where the list is; NONE without one. */
  public String getState() {
    look();
    return status == null ? "NONE" : status.state().name();
  }

  /** What it does, in the order in which it is done; nothing that is not done. */
  public List<Doing> getCounts() {
    List<Doing> counts = new ArrayList<>();
    if (status != null) {
      status
          .counts()
          .forEach(
              (count, number) -> {
                if (number > 0) {
                  counts.add(new Doing("list.count." + count, number, whole(number)));
                }
              });
    }
    return counts;
  }

  /**
   * Something that a list does.
   *
   * @param name key of the forms of its noun
   * @param count how often
   * @param number the same as it is shown
   */
  public record Doing(String name, long count, String number) {}

  public List<ErrorLine> getErrors() {
    return errors.rows();
  }

  /** First error that is shown, from 1. */
  public String getFirst() {
    return whole(errors.rows().isEmpty() ? 0 : Asked.number("from") + 1);
  }

  /** Last error that is shown. */
  public String getLast() {
    return whole(Asked.number("from") + errors.rows().size());
  }

  /** Where the errors before these are; empty if there are none. */
  public String getEarlier() {
    long from = Asked.number("from");
    return from == 0 ? "" : page(Math.max(0, from - ERRORS_SHOWN));
  }

  /** Where the errors after these are; empty if there are none. */
  public String getLater() {
    long next = Asked.number("from") + errors.rows().size();
    return next >= errors.total() || errors.rows().isEmpty() ? "" : page(next);
  }

  private String page(long from) {
    return "meterlist.xhtml?id=" + id().value() + "&from=" + from;
  }

  /** Lines without errors. */
  public int getGood() {
    look();
    return status == null ? 0 : status.lines() - status.badLines();
  }

  public boolean isFailed() {
    return failed;
  }

  /** Largest file, bytes. */
  public long getMaxBytes() {
    return Lists.MAX_BYTES;
  }

  /** A whole number in the viewer's language. */
  public String whole(long value) {
    return new Lines(viewer.getLocale(), viewer.zone(), clock).whole(value);
  }

  /** A whole number with the form of a noun that goes with it, in the viewer's language. */
  public String counted(long number, String forms) {
    return whole(number) + " " + Plural.of(viewer.getLocale(), number, forms);
  }

  /** The form of a noun that goes with a number, in the viewer's language. */
  public String form(long number, String forms) {
    return Plural.of(viewer.getLocale(), number, forms);
  }

  private static ListId id() {
    return new ListId(Asked.number("id"));
  }
}
