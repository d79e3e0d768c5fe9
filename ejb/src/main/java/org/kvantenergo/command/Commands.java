package org.kvantenergo.command;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;

/**
 * Reads commands, for people who may send them: each method asks for {@code SEND_COMMANDS}. What
 * belongs to devices of others is not there.
 */
public interface Commands {

  /** Beyond so many they are not counted: a list says «more than». */
  int COUNTED = 10_000;

  /**
   * A slice, newest first.
   *
   * @return with the total, or {@value #COUNTED} + 1 if there are more
   */
  Page<CommandRow> list(Caller caller, CommandFilter filter, Slice slice);

  /** One with its story; empty if there is none. */
  Optional<CommandStory> story(Caller caller, CommandId command);

  /** What a device has to do still, in the order in which it goes out. */
  List<CommandRow> open(Caller caller, DeviceId device);

  /** How many are under way, by state: QUEUED, LEASED and DONE that wait for a proof. */
  Map<CommandState, Long> underWay(Caller caller);

  /** The modes of devices, as far as they are the caller's; at most 1000. */
  Map<DeviceId, ModeRow> modes(Caller caller, Collection<DeviceId> devices);

  /**
   * What the commands of devices come to in a sign, as far as they are the caller's; at most 1000.
   */
  Map<DeviceId, Sign> signs(Caller caller, Collection<DeviceId> devices);

  /** Devices that are open with no task under way that will lock them; at most 1000, by id. */
  List<DeviceId> leftOpen(Caller caller);

  /**
   * Where the archive of a device has holes in the last 60 days that a module could fill: between
   * two slices that are further apart than its period. Longest first, at most 20.
   */
  List<CommandText> archiveProposals(Caller caller, DeviceId device);

  /**
   * How a device stands with its commands.
   *
   * @param mode as its newest record or a later result says
   * @param openSince when a command opened it; null if it is not open, or nobody knows since when
   * @param task whether a task is under way that ends with a locking
   * @param underWay how many commands may still be sent, or wait for a proof
   * @param last where its newest command is that is no locking of a task; null if it has none
   * @param reason why that one ended so; null while it has not, or went well
   * @param endedAt when; null while it has not
   */
  record Sign(
      DeviceMode mode,
      Instant openSince,
      boolean task,
      long underWay,
      CommandState last,
      CommandReason reason,
      Instant endedAt) {

    /** Whether the newest command came to nothing, other than because somebody took it back. */
    public boolean failed() {
      return last != null
          && last.bad()
          && (last != CommandState.CANCELLED || reason == CommandReason.NOT_OPENED);
    }
  }

  /**
   * A device's mode.
   *
   * @param mode as its newest record or a later result says
   * @param task whether a task is under way that ends with a locking
   */
  record ModeRow(DeviceMode mode, boolean task) {}
}
