package org.kvantenergo.adapter.fuzz;

import java.util.List;
import java.util.stream.Stream;

/**
 * Mistakes that somebody could make in the server, as edits of its sources. The fuzzer is worth
 * something as long as it finds every one of them.
 */
enum PlantedFault {
  ACK_BEFORE_STORAGE(
      in("adapter.net.SessionProtocol")
          .change(
              "wiring.store(delivery, slot);",
              "wiring.store(delivery, slot); answers.fill(slot, new Ack(false, 0));")),
  ANSWERS_IN_THE_ORDER_OF_STORAGE(
      in("adapter.net.Answers")
          .change(
              "slot.filled = true;",
              "slot.filled = true; owed.remove(slot); owed.addFirst(slot);")),
  BAD_CRC_ACCEPTED(
      in("wire.frame.FrameParser")
          .change("Crc16.of(in, start, covered) != u16(in, start + covered)", "false")),
  VERSION_CHECKED_AFTER_LENGTH(
      in("wire.frame.FrameParser")
          .change(
              "& 0xFF) != Frame.VERSION",
              "& 0xFF) != Frame.VERSION && u16(in, start + 7) <= 4096")),
  A_BYTE_LOST_WHERE_A_CHUNK_ENDS(
      in("wire.frame.FrameParser")
          .change(
              "int covered = Frame.HEADER + length + tag;",
              "int covered = Frame.HEADER + length + tag;"
                  + " if (available == covered + Frame.CRC - 1) in.position(start + 1);")),
  THE_THIRD_FAULT_DOES_NOT_CLOSE(
      in("adapter.net.SessionProtocol").change("MAX_FAULTS = 3", "MAX_FAULTS = 4")),
  A_SECOND_HELLO_ACCEPTED(
      in("adapter.net.SessionProtocol")
          .change("if (state == State.OPEN) {\n      reject", "if (false) {\n      reject")),
  READ_BEFORE_THE_ADMISSION(
      in("adapter.net.SessionProtocol")
          .change(
              "(state == State.HELLO_EXPECTED || state == State.OPEN)",
              "(state != State.CLOSING)")),
  TAG_NOT_CHECKED(
      in("adapter.net.Authentication").change("!key.signed(Direction.UP, frame) || ", "")),
  SEQ_GAP_ACCEPTED(in("adapter.net.Authentication").change("|| !follows(frame.seq())", "")),
  SEQ_DOES_NOT_WRAP(
      in("adapter.net.Authentication").change("LAST_SEQ = 0xFFFF", "LAST_SEQ = 0x10000")),
  A_DAMAGED_FRAME_FORGIVES_FOR_EVER(
      in("adapter.net.Authentication").change("    damaged = 0;\n", "")),
  A_REFUSAL_WITHOUT_ITS_TAG(
      in("adapter.net.SessionProtocol")
          .change(
              "downlink.authenticate(authentication);",
              "if (opens) downlink.authenticate(authentication);")),
  FLAGS_CHECKED_BEFORE_THE_TAG(
      in("adapter.net.SessionProtocol")
          .change("else if (!authentication", "else if (!frame.unknownFlags() && !authentication")),
  A_TRAILING_BYTE_ACCEPTED(
      in("wire.packet.PacketDecoder")
          .change("exactly(in, count * PacketEncoder", "atLeast(in, count * PacketEncoder")),
  U_0000_ACCEPTED(in("wire.packet.PacketDecoder").change("text.indexOf('\\0') >= 0", "false")),
  RSSI_WITHOUT_ITS_SIGN(
      in("wire.packet.PacketDecoder")
          .change("in.get(),\n        u8(in),", "u8(in),\n        u8(in),")),
  A_MODULE_MAY_RELAY(
      in("adapter.net.SessionProtocol")
          .change("frame.type() == Relay.TYPE && !station()", "false")),
  A_FAULT_INSIDE_COUNTS_FOR_THE_STATION(
      in("adapter.net.SessionProtocol")
          .change(
              "answers.fill(slot, new Reject(Reject.Reason.MALFORMED));",
              "faults++; answers.fill(slot, new Reject(Reject.Reason.MALFORMED));")),
  STORAGE_FAILURE_DOES_NOT_CLOSE(
      in("adapter.net.SessionProtocol")
          .change(
              "answers.fill(slot, new Reject(Reject.Reason.STORAGE_UNAVAILABLE),"
                  + " Closing.STORAGE_UNAVAILABLE);",
              "answers.fill(slot, new Reject(Reject.Reason.STORAGE_UNAVAILABLE));")),
  READ_ON_AFTER_BYE(
      in("adapter.net.SessionProtocol")
          .change(
              "lastAnswer(frame.seq(), null, Closing.BYE)",
              "answers.fill(answers.reserve(frame.seq(), 0), null, Closing.BYE)")),
  A_COMMAND_WITH_THE_SEQ_OF_THE_ACK(
      in("adapter.net.Downlink")
          .change("send(lastSeq, wrapped(due.block()", "send(slot.seq(), wrapped(due.block()")),
  A_COMMAND_NOTED_BUT_NOT_SENT(
      in("adapter.net.Downlink").change("send(lastSeq, wrapped(due.block(), due.command()));", "")),
  PENDING_CAPPED_TOO_EARLY(
      in("adapter.net.SessionProtocol")
          .change("reply.pendingCommands())", "Math.min(127, reply.pendingCommands()))")),
  THE_PAUSE_IGNORED(
      in("adapter.net.SessionProtocol")
          .change("&& !(state == State.OPEN && wiring.pressed(device))", "")),
  ONE_MORE_OWED(in("adapter.net.Answers").change("MANY = 128", "MANY = 129")),
  ONE_MORE_RECORD_OWED(
      in("adapter.net.Answers").change("records >= MANY_RECORDS", "records > MANY_RECORDS")),
  THE_STATIONS_REJECT_7_SAID_TO_A_BLOCK(
      in("adapter.net.Downlink").change("block == 0 || ends", "block == 0")),
  THE_STOP_FORGETS_WHAT_IS_OWED(
      in("adapter.net.SessionProtocol")
          .change(
              "lastAnswer(0, null, Closing.SERVER_STOPPED)", "finish(EndReason.SERVER_STOPPED)")),
  A_SERIAL_OF_16_DIGITS(
      in("wire.packet.PacketDecoder").change("serial < 1 || serial >= DIGITS_15", "serial < 1")),
  A_REFUSED_FRAME_ACKNOWLEDGED(
      in("adapter.net.SessionProtocol")
          .change("reply().kind() != Reply.Kind.REFUSED)", "reply() != null)")),
  THE_END_TOLD_TWICE(
      in("adapter.net.SessionProtocol")
          .change(
              "finish(intended == null ? reason : intended);",
              "finish(intended == null ? reason : intended); noteEnd();")
          .change("      session = null;\n", "")),
  NO_END_FOR_WHO_LEFT_EARLY(
      in("adapter.net.SessionProtocol")
          .change("    if (finished()) {\n", "    if (finished()) {\n      session = null;\n")),
  AN_ACK_BOOKED_THAT_NEVER_WENT_OUT(
      in("adapter.net.Answers")
          .change(
              "owed.forEach(slot -> slot.booked(false));",
              "owed.forEach(slot -> slot.booked(true));"));

  @SuppressWarnings("ImmutableEnumChecker") // the lists are immutable
  private final Edits edits;

  PlantedFault(Edits edits) {
    this.edits = edits;
  }

  Edits edits() {
    return edits;
  }

  private static Edits in(String source) {
    return new Edits(source, List.of());
  }

  /**
   * What is changed.
   *
   * @param source name of a class below org.kvantenergo
   * @param changes one after the other
   */
  record Edits(String source, List<Change> changes) {

    private Edits change(String from, String to) {
      return new Edits(
          source, Stream.concat(changes.stream(), Stream.of(new Change(from, to))).toList());
    }

    /** The source with the fault in it. */
    String applied(String text) {
      String changed = text;
      for (Change change : changes) {
        int at = changed.indexOf(change.from);
        if (at < 0 || changed.indexOf(change.from, at + 1) >= 0) {
          throw new IllegalStateException(
              "%s does not hold exactly once: %s".formatted(source, change.from));
        }
        changed = changed.replace(change.from, change.to);
      }
      return changed;
    }
  }

  /**
   * A change of a source.
   *
   * @param from is there exactly once
   * @param to stands there then
   */
  record Change(String from, String to) {}
}
