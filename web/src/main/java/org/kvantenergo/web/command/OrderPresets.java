package org.kvantenergo.web.command;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.Commands;
import org.kvantenergo.session.SessionHistory;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.format.Elapsed;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.security.CurrentViewer;

/** What the dialog offers to put into its fields: a device's own settings, holes of its archive. */
@Named("orderPresets")
@RequestScoped
public class OrderPresets {

  /** A session without INFO is rare: among so many there is one with it. */
  private static final int SESSIONS = 10;

  @Inject private SessionHistory history;
  @Inject private Commands commands;
  @Inject private Clock clock;
  @Inject private CurrentViewer viewer;
  @Inject private Targets targets;
  @Inject private OrderDialog dialog;

  private SessionRow.Info own;
  private List<Hole> holes;

  /**
   * A hole of an archive.
   *
   * @param from as a field of the page takes it
   * @param to likewise
   * @param text for people
   */
  public record Hole(String from, String to, String text) {}

  /** What the chosen device said of itself last; null if it did not. */
  public SessionRow.Info getOwn() {
    if (own == null && targets.chosen() != null) {
      own =
          history.list(viewer.caller(), targets.chosen(), new Slice(0, SESSIONS)).rows().stream()
              .map(SessionRow::info)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
    }
    return own;
  }

  /** Of the one device that is meant, the longest first; none if there are several. */
  public List<Hole> getHoles() {
    DeviceId device = dialog.single();
    if (holes == null) {
      holes =
          device == null
              ? List.of()
              : commands.archiveProposals(viewer.caller(), device).stream()
                  .map(this::hole)
                  .toList();
    }
    return holes;
  }

  private Hole hole(CommandText hole) {
    OrderFields fields = new OrderFields(hole.kind(), viewer.zone());
    LocalDate today = LocalDate.ofInstant(clock.instant(), viewer.zone());
    String length =
        Elapsed.text(
            Duration.between(hole.from(), hole.to()),
            new Numbers(viewer.getLocale()),
            ResourceBundle.getBundle("org.kvantenergo.web.text", viewer.getLocale()));
    return new Hole(
        fields.typed(hole.from()),
        fields.typed(hole.to()),
        Moment.of(hole.from(), viewer.zone(), today).text() + ", " + length);
  }
}
