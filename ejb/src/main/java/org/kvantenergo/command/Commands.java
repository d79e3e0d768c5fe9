package org.kvantenergo.command;

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

  /** Devices that are open with no task under way that will lock them; at most 1000, by id. */
  List<DeviceId> leftOpen(Caller caller);

  /**
   * Where the archive of a device has holes in the last 60 days that a module could fill: between
   * two slices that are further apart than its period. Longest first, at most 20.
   */
  List<CommandText> archiveProposals(Caller caller, DeviceId device);

  /**
   * A device's mode.
   *
   * @param mode as its newest record or a later result says
   * @param task whether a task is under way that ends with a locking
   */
  record ModeRow(DeviceMode mode, boolean task) {}
}
