package org.kvantenergo.simulator;

import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Reject;

/**
 * What one device says in one session, after HELLO, and what it makes of the answers and commands;
 * over its own connection, or through a base station. On the device's event loop alone.
 */
final class Exchange {

  private final Simulation simulation;
  private final SimulatedModule device;
  private final Faults faults;
  private final Way way;
  private final List<Readings> known = new ArrayList<>(1);
  private Ack newest = new Ack(false, 0);
  private CommandMemory.Answer open;
  private int unanswered;
  private boolean begun;
  private boolean shut;

  /** How the device's words travel. */
  interface Way {

    /** Sends frames back to back. */
    void send(List<? extends Packet.Uplink> packets);

    /** Closes the connection. */
    void leave(Ending how);

    /** The server departed from the protocol: tells, and closes. */
    void unexpected(String what);

    /** Records were acknowledged for the first time in this session. */
    void acknowledged(Readings frame, boolean already);
  }

  Exchange(Simulation simulation, SimulatedModule device, Faults faults, Way way) {
    this.simulation = simulation;
    this.device = device;
    this.faults = faults;
    this.way = way;
  }

  SimulatedModule device() {
    return device;
  }

  /** The device's first words and everything that waits; whoever asks sends them. */
  List<Packet.Uplink> opening() {
    begun = true;
    List<Packet.Uplink> packets = new ArrayList<>(2);
    packets.add(device.info());
    packets.addAll(device.frames());
    unanswered += packets.size();
    return packets;
  }

  /** Sends what waits, if nothing is unanswered. */
  void report() {
    if (settled() && !shut && device.waiting() > 0) {
      if (begun) {
        send(device.frames());
      } else {
        way.send(opening());
      }
    }
  }

  private void send(List<? extends Packet.Uplink> packets) {
    unanswered += packets.size();
    way.send(packets);
  }

  /** Whether all is answered and no command is about to come: the device may go. */
  boolean settled() {
    return unanswered == 0 && !commandDue();
  }

  /** Exactly one COMMAND follows an ACK that announces some, unless one is unanswered. */
  private boolean commandDue() {
    return newest.pendingCommands() > 0 && open == null;
  }

  /** The server answered what this exchange sent. */
  void answered(Packet.Uplink question, Packet.Downlink answer, long nanos) {
    unanswered--;
    if (answer instanceof Ack ack) {
      acknowledged(question, ack, nanos);
    } else if (answer instanceof Reject reject
        && reject.reason() == Reject.Reason.STORAGE_UNAVAILABLE) {
      way.leave(Ending.of(Ending.Kind.STORAGE_AWAY));
    } else if (answer instanceof Reject reject && reject.reason() == Reject.Reason.BLOCK_BLOCKED) {
      shut = true;
      simulation.voice().say(SimulatorMessage.REFUSED, device.identity().name(), "blocked");
    } else {
      way.unexpected(answer + " to " + question.getClass().getSimpleName());
    }
  }

  private void acknowledged(Packet.Uplink question, Ack ack, long nanos) {
    boolean due = commandDue();
    if (question instanceof Readings frame) {
      readings(frame, ack, nanos);
    } else if (question instanceof CommandResult result) {
      result(result, ack);
    } else if (ack.alreadyStored()) {
      way.unexpected("code 1 to " + question.getClass().getSimpleName());
    }
    pending(ack, due);
  }

  /** An ACK, whatever it acknowledges, says whether commands wait. */
  void pending(Ack ack) {
    pending(ack, commandDue());
  }

  private void pending(Ack ack, boolean due) {
    if (due) {
      way.unexpected("no COMMAND after an ACK with pendingCommands");
    }
    newest = ack;
  }

  private void readings(Readings frame, Ack ack, long nanos) {
    simulation.totals().acknowledgedAfter(nanos);
    if (known.remove(frame)) {
      if (!ack.alreadyStored()) {
        way.unexpected("a repeat was acknowledged as new");
      }
    } else if (faults.losesAck()) {
      simulation.totals().lostAcks.increment();
      device.ackLost(frame);
      way.leave(Ending.of(Ending.Kind.ACK_LOST));
    } else {
      fresh(frame, ack.alreadyStored());
    }
  }

  private void fresh(Readings frame, boolean already) {
    if (device.wasAcknowledgedBefore(frame) && !already) {
      way.unexpected("records of a lost acknowledgement were acknowledged as new");
    }
    device.acknowledged(frame);
    simulation.acknowledged(device.identity(), frame, already);
    way.acknowledged(frame, already);
    if (known.isEmpty() && faults.repeats()) {
      known.add(frame);
      simulation.totals().repeats.increment();
      send(List.of(frame));
    }
  }

  private void result(CommandResult result, Ack ack) {
    open = null;
    simulation.command(
        device.identity(), result.commandId(), Journal.Step.ACKNOWLEDGED, result.code());
    if (ack.alreadyStored() && !device.commands().of(result.commandId()).toldTwice()) {
      way.unexpected("a result that was never sent before was acknowledged as known");
    }
  }

  /**
   * A command came.
   *
   * @param announced whether it may come without an ACK to this device, as for a block after PING
   */
  void commanded(Command command, boolean announced) {
    simulation.totals().commands.received.increment();
    if (open != null || !(announced || commandDue())) {
      way.unexpected(
          open != null
              ? "a COMMAND while another is unanswered"
              : "a COMMAND that no ACK announced");
      return;
    }
    newest = new Ack(false, 0);
    open = device.commands().of(command.commandId());
    if (open != null) {
      note(command, Journal.Step.REPEATED);
      answer(command, new Orders.Outcome(open.result(), List.of(), false));
    } else {
      Orders.Outcome outcome = Orders.carryOut(command, device.settings(), device.archive());
      open = device.commands().remember(command.commandId(), outcome.result());
      device.changed();
      note(command, outcome.result() == Orders.DONE ? Journal.Step.EXECUTED : Journal.Step.REFUSED);
      answer(command, outcome);
    }
  }

  private void note(Command command, Journal.Step step) {
    simulation.command(device.identity(), command.commandId(), step, open.result());
  }

  private void answer(Command command, Orders.Outcome outcome) {
    if (faults.dropsCommand()) {
      simulation.totals().commands.dropped.increment();
      way.leave(Ending.of(Ending.Kind.COMMAND_DROPPED));
      return;
    }
    List<Packet.Uplink> packets = new ArrayList<>(outcome.archive());
    known.addAll(outcome.archive());
    packets.add(new CommandResult(command.commandId(), outcome.result()));
    open.tell();
    device.changed();
    if (outcome.info()) {
      packets.add(device.info());
    }
    send(packets);
  }
}
