package org.kvantenergo.web.export;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.format.Plural;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * The dialogue «Экспорт» and the notes of what is under way. Parameters of the dialogue: {@code
 * table}, {@code format}; anything else than one of them is the first.
 */
@Named("exporting")
@RequestScoped
public class Exporting {

  private final RunningExports running;
  private final CurrentViewer viewer;
  private final Clock clock;

  @Inject
  public Exporting(RunningExports running, CurrentViewer viewer, Clock clock) {
    this.running = running;
    this.viewer = viewer;
    this.clock = clock;
  }

  /** For the proxies of CDI. */
  protected Exporting() {
    this(null, null, null);
  }

  /** The tables of the page. */
  public enum Table {
    /** The upper one. */
    MODULES("modules"),
    /** «Переданные показания». */
    READINGS("records"),
    /** «Расширенная информация». */
    SESSIONS("sessions");

    private final String id;

    Table(String id) {
      this.id = id;
    }
  }

  public Table[] getTables() {
    return Table.values();
  }

  public Format[] getFormats() {
    return Format.values();
  }

  /** The table that was asked for. */
  public Table getTable() {
    return asked(Table.values(), "table");
  }

  /** Whether the ticked rows were asked for. */
  public boolean isTicked() {
    return Asked.text("rows").equals("TICKED");
  }

  /** The table that was asked for, as an expression for its component. */
  public String getTarget() {
    return ":f:" + getTable().id;
  }

  /** The format that was asked for, as the exporters are registered. */
  public String getType() {
    return asked(Format.values(), "format").name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E asked(E[] all, String name) {
    String text = Asked.text(name);
    for (E each : all) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    return all[0];
  }

  /** Whether files say logins and passwords. */
  public boolean isSecrets() {
    return viewer.may(Permission.READ_SECRETS.name());
  }

  /** For who asks how far they are: the answer is the page's part with the notes. */
  public void look() {
    viewer.scope();
  }

  /** Stops an export of this session, or forgets one that ended: parameter {@code export}. */
  public void cancel() {
    viewer.scope();
    running.cancel(session(), Asked.number("export"));
  }

  /** What is under way in this session, or ended a short time ago. */
  public List<Note> getNotes() {
    return running.of(session()).stream().map(this::note).toList();
  }

  private String session() {
    return String.valueOf(viewer.token());
  }

  /**
   * How far an export is.
   *
   * @param id its number
   * @param ticket by which the page knows it
   * @param fileName of its file, empty if there is none
   * @param state where it is
   * @param underWay whether it can be stopped
   * @param rows how many of how many, and how long it will last, in words
   * @param percent 0..100
   */
  public record Note(
      long id,
      String ticket,
      String fileName,
      Export.State state,
      boolean underWay,
      String rows,
      long percent) {}

  private Note note(Export export) {
    long total = export.getTotal();
    return new Note(
        export.getId(),
        export.getTicket(),
        export.getFileName(),
        export.getState(),
        export.getState().isUnderWay(),
        rows(export),
        total == 0 ? 0 : export.getWritten() * 100 / total);
  }

  private String rows(Export export) {
    ResourceBundle texts = ResourceBundle.getBundle("org.kvantenergo.web.text", viewer.getLocale());
    Numbers numbers = new Numbers(viewer.getLocale());
    String all = numbers.whole(export.getTotal());
    return switch (export.getState()) {
      case DONE ->
          all
              + " "
              + Plural.of(viewer.getLocale(), export.getTotal(), texts.getString("export.forms"));
      case RUNNING -> {
        String far =
            MessageFormat.format(
                texts.getString("export.of"), numbers.whole(export.getWritten()), all);
        String left = left(export);
        yield left.isEmpty()
            ? far
            : far + ", " + MessageFormat.format(texts.getString("export.left"), left);
      }
      case WAITING, CANCELLED, FAILED, BUSY_PERSON, BUSY_NODE, TOO_MANY, NOTHING -> "";
    };
  }

  /** Minutes and seconds at the speed so far; empty while that says little. */
  private String left(Export export) {
    Duration lasted = Duration.between(export.begunAt(), clock.instant());
    long written = export.getWritten();
    if (lasted.toSeconds() < 1 || written == 0) {
      return "";
    }
    long seconds = Math.max(1, lasted.toMillis() * (export.getTotal() - written) / written / 1000);
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
