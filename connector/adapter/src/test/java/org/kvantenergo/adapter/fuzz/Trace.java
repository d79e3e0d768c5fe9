package org.kvantenergo.adapter.fuzz;

import static org.kvantenergo.adapter.fuzz.Octets.number;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a server did, written down in four columns whose order among each other does not matter:
 * what the peer sees, what admission and storage are asked, what is noted of the session, and which
 * promises were booked.
 */
final class Trace implements Surroundings {

  /** Stands for a retryAfter of the server's choice, 30..300 s. */
  static final int SPREAD = 30;

  private static final int MOST_SPREAD = 300;

  private final List<List<String>> columns =
      List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  private final List<Asked> asked = new ArrayList<>();
  private int admissions;

  /** Something that storage was asked. */
  record Asked(int type, long block) {}

  /** Everything since the last time. */
  List<List<String>> take() {
    List<List<String>> taken = columns.stream().map(List::copyOf).toList();
    columns.forEach(List::clear);
    return taken;
  }

  boolean quiet() {
    return columns.stream().allMatch(List::isEmpty);
  }

  /** All that storage was asked, in order. */
  List<Asked> asked() {
    return asked;
  }

  /** How often admission was asked for. */
  int admissions() {
    return admissions;
  }

  @Override
  public void sent(byte[] frame) {
    columns.get(0).add(described(frame));
  }

  @Override
  public void closed() {
    columns.get(0).add("closes");
  }

  @Override
  public void admit(Greeting greeting, boolean full, String frame) {
    admissions++;
    columns
        .get(1)
        .add("asks to admit %s%s from %s".formatted(greeting, full ? ", full" : "", frame));
  }

  @Override
  public void store(int type, long block, byte[] payload) {
    asked.add(new Asked(type, block));
    columns.get(1).add("stores %02x of %d: %s".formatted(type, block, Octets.hex(payload)));
  }

  @Override
  public void started() {
    columns.get(2).add("notes the start");
  }

  @Override
  public void commandSent(long id) {
    columns.get(2).add("notes command " + id + " as sent");
  }

  @Override
  public void ended(String reason, int frames) {
    columns.get(2).add("notes the end: %s after %d frames".formatted(reason, frames));
  }

  @Override
  public void booked(int request, boolean written) {
    columns.get(3).add("books %d as %s".formatted(request, written ? "acknowledged" : "not said"));
  }

  private static String described(byte[] frame) {
    if (frame.length < Octets.HEADER + 2) {
      return "sends " + Octets.hex(frame);
    }
    byte[] shown = frame;
    String what = name(frame[4] & 0xFF);
    if (frame[4] == (byte) Order.HELLO_ACK && frame[3] == 0 && frame.length == 18) {
      int retryAfter = (int) number(frame, 14, 2);
      boolean right = Octets.crc(frame, 16) == number(frame, 16, 2);
      if (right && frame[9] == 4 && retryAfter >= SPREAD && retryAfter <= MOST_SPREAD) {
        shown = Arrays.copyOf(frame, 14);
        what += ", come back in 30 to 300 s";
      }
    }
    return "sends %s to %d: %s".formatted(what, number(frame, 5, 2), Octets.hex(shown));
  }

  private static String name(int type) {
    return switch (type) {
      case Order.HELLO_ACK -> "HELLO_ACK";
      case Order.ACK -> "ACK";
      case Order.COMMAND -> "COMMAND";
      case Order.RELAY -> "RELAY";
      case Order.REJECT -> "REJECT";
      default -> "type %02x".formatted(type);
    };
  }
}
