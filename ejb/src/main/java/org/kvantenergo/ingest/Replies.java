package org.kvantenergo.ingest;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.kvantenergo.command.CommandLeases;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.DueCommand;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.DeviceKind;

/** From what was stored to what is answered, delivery by delivery. Used by one delivery. */
final class Replies {

  private static final int MOST = 255;

  private final List<Placed> batch;
  private final Subjects subjects;
  private final BitSet fresh;
  private final BitSet resultsBefore;
  private final Map<DeviceId, CommandLeases.Due> due;
  private final Map<DeviceId, Long> takers = new HashMap<>();
  private final Map<DeviceId, Integer> carriers = new HashMap<>();
  private int record;
  private int result;

  /**
   * What is known after the batch has been stored.
   *
   * @param fresh places of the records that were new
   * @param resultsBefore places of the results that were not
   * @param takers who may be sent commands
   * @param due what these have waiting
   */
  Replies(
      List<Placed> batch,
      Subjects subjects,
      BitSet fresh,
      BitSet resultsBefore,
      List<CommandLeases.Taker> takers,
      Map<DeviceId, CommandLeases.Due> due) {
    this.batch = batch;
    this.subjects = subjects;
    this.fresh = fresh;
    this.resultsBefore = resultsBefore;
    this.due = due;
    takers.forEach(t -> this.takers.put(t.device(), t.sessionId()));
    for (int i = 0; i < batch.size(); i++) {
      carry(i, batch.get(i).delivery());
    }
  }

  /**
   * A command goes out after the first answer to its device, but not before the answer to the
   * result of the one before it.
   */
  private void carry(int i, Delivery delivery) {
    if (taking(delivery)) {
      DeviceId device = subjects.device(delivery);
      if (delivery instanceof Delivery.OfResult) {
        carriers.put(device, i);
      } else {
        carriers.putIfAbsent(device, i);
      }
    }
  }

  private boolean taking(Delivery delivery) {
    return subjects.takesCommands(delivery)
        && takers.getOrDefault(subjects.device(delivery), 0L)
            == delivery.session().admission().sessionId();
  }

  /**
   * One reply a delivery, in their order.
   *
   * @param blocks leases commands for the blocks of a base station that said PING, by its device
   *     and session
   */
  List<Reply> all(BiFunction<DeviceId, Long, List<CommandLeases.Leased>> blocks) {
    List<Reply> replies = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      Delivery delivery = batch.get(i).delivery();
      Reply.Kind kind = kind(delivery);
      List<DueCommand> commands = new ArrayList<>();
      int pending = taking(delivery) ? pending(i, delivery, commands) : 0;
      if (delivery instanceof Delivery.OfPing && taking(delivery) && station(delivery)) {
        blocks
            .apply(subjects.device(delivery), delivery.session().admission().sessionId())
            .forEach(leased -> commands.add(command(leased.serial(), leased)));
      }
      replies.add(new Reply(kind, pending, commands));
    }
    return replies;
  }

  private Reply.Kind kind(Delivery delivery) {
    boolean before = false;
    if (subjects.blocked(delivery)) {
      return Reply.Kind.BLOCK_BLOCKED;
    }
    if (subjects.refused(delivery)) {
      return Reply.Kind.REFUSED;
    }
    if (delivery instanceof Delivery.OfReadings frame) {
      int end = record + frame.packet().records().size();
      int first = fresh.nextSetBit(record);
      before = first < 0 || first >= end;
      record = end;
    } else if (delivery instanceof Delivery.OfResult) {
      before = resultsBefore.get(result++);
    }
    return before ? Reply.Kind.STORED_BEFORE : Reply.Kind.STORED;
  }

  /** What is due when this answer goes out; adds the command that follows it. */
  private int pending(int i, Delivery delivery, List<DueCommand> commands) {
    DeviceId device = subjects.device(delivery);
    CommandLeases.Due waiting = due.get(device);
    if (waiting == null) {
      return 0;
    }
    int left = waiting.due();
    if (waiting.leased() != null && i == carriers.get(device)) {
      commands.add(command(Subjects.blockOf(delivery), waiting.leased()));
    } else if (waiting.leased() != null && i > carriers.get(device)) {
      left--;
    }
    return Math.min(left, MOST);
  }

  private static DueCommand command(long block, CommandLeases.Leased leased) {
    return new DueCommand(
        block, new Command(leased.commandId(), leased.code(), leased.arguments()));
  }

  private static boolean station(Delivery delivery) {
    return delivery.session().request().hello().kind() == DeviceKind.BASE_STATION;
  }
}
