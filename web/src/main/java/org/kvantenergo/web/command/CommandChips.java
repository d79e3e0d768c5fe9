package org.kvantenergo.web.command;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.kvantenergo.command.Commands;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * How many commands are under way, and which devices were left open, for the head of other pages.
 * Not for people who may not send. A page that refreshes itself is content with what was so a few
 * seconds ago, unless it says that there is news.
 */
@Named("commandChips")
@ViewScoped
public class CommandChips implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 10;
  private static final Duration ASKED = Duration.ofSeconds(15);

  @Inject private transient Commands commands;
  @Inject private transient DeviceDirectory directory;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  private transient Instant at;
  private long underWay;
  private int open;
  private transient List<Left> shown = List.of();

  /**
   * A device that is open, with nothing under way that will lock it.
   *
   * @param id of it
   * @param serial of it
   */
  public record Left(long id, String serial) {}

  /** Once a request; nothing as well when it cannot be had: the page around it says so. */
  private void ask() {
    boolean first =
        FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestMap()
                .put(CommandChips.class.getName(), true)
            == null;
    if (!first || !viewer.get().may(Permission.SEND_COMMANDS)) {
      return;
    }
    boolean byItself = !Asked.text("refresh").isEmpty() && Asked.text("news").isEmpty();
    if (byItself && at != null && at.plus(ASKED).isAfter(clock.instant())) {
      return;
    }
    try {
      underWay =
          commands.underWay(viewer.caller()).values().stream().mapToLong(Long::longValue).sum();
      List<DeviceId> left = commands.leftOpen(viewer.caller());
      shown =
          directory.find(viewer.scope(), left.stream().limit(SHOWN).toList()).stream()
              .map(row -> new Left(row.id().value(), Identifier.serial(row.serial()).text()))
              .toList();
      open = left.size();
      at = clock.instant();
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
    }
  }

  /** How many commands may still be sent, or wait for a proof. */
  public long getUnderWay() {
    ask();
    return underWay;
  }

  /** How many devices were left open; 1000 stands for more, too. */
  public int getOpen() {
    ask();
    return open;
  }

  /** Some of them. */
  public List<Left> getShown() {
    ask();
    return shown == null ? List.of() : shown;
  }
}
