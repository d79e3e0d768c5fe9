package org.kvantenergo.web.command;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.kvantenergo.command.Commands;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * How many commands are under way, and which devices were left open, for the head of other pages.
 * Asked once a request, and not for people who may not send.
 */
@Named("commandChips")
@RequestScoped
public class CommandChips {

  private static final int SHOWN = 10;

  @Inject private Commands commands;
  @Inject private DeviceDirectory directory;
  @Inject private CurrentViewer viewer;

  private long underWay;
  private List<DeviceId> open;
  private List<Left> shown = List.of();

  /**
   * A device that is open, with nothing under way that will lock it.
   *
   * @param id of it
   * @param serial of it
   */
  public record Left(long id, String serial) {}

  /** Nothing as well when it cannot be had: the page around it says so. */
  private void ask() {
    if (open != null) {
      return;
    }
    open = List.of();
    if (!viewer.get().may(Permission.SEND_COMMANDS)) {
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
      open = left;
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
    return open.size();
  }

  /** Some of them. */
  public List<Left> getShown() {
    ask();
    return shown;
  }
}
