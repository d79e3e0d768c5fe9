package org.kvantenergo.adapter.fuzz;

import static org.kvantenergo.adapter.fuzz.Octets.little;
import static org.kvantenergo.adapter.fuzz.Octets.number;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.kvantenergo.adapter.fuzz.Surroundings.Greeting;

/**
 * The oracle: what docs/protocol.md wants a server to do. Where the text leaves a choice, the
 * server's is taken, and is said here:
 *
 * <ul>
 *   <li>128 answers owed stop the reading, or those to 512 records, as does storage that asks for a
 *       pause;
 *   <li>a device that is not registered is answered its PING without asking storage;
 *   <li>under AUTH a frame with a bad CRC may be repeated under its seq or left behind;
 *   <li>storage that fails closes when the answer's turn comes, and is said to a station itself;
 *   <li>an admission that fails is answered untagged, because nobody knows the key.
 * </ul>
 */
final class Model implements Server {

  private static final int OWED_AT_MOST = 128;
  private static final int RECORDS_AT_MOST = 512;
  private static final int FAULTS_AT_MOST = 3;

  private final Surroundings surroundings;
  private final boolean full;
  private final Order order;
  private final List<Order.Place> requests = new ArrayList<>();
  private final SeqCheck seqs = new SeqCheck();
  private byte[] unread = Octets.NONE;
  private Phase phase = Phase.GREETING;
  private Order.Place helloPlace;
  private boolean station;
  private boolean registered;
  private boolean begun;
  private boolean pressed;
  private byte[] nonce;
  private int faults;
  private int frames;
  private String ownReason;
  private String reason;

  private enum Phase {
    GREETING,
    ADMISSION,
    OPEN,
    LEAVING,
    OVER
  }

  Model(Surroundings surroundings, boolean full) {
    this.surroundings = surroundings;
    this.full = full;
    this.order = new Order(surroundings, this::over);
  }

  @Override
  public void received(byte[] bytes) {
    if (phase != Phase.LEAVING && phase != Phase.OVER) {
      unread = Octets.join(unread, bytes);
      read();
    }
  }

  @Override
  public void pressed(boolean now) {
    pressed = now;
    read();
  }

  private void read() {
    int taken = 1;
    while (taken > 0 && unread.length > 0 && reads()) {
      taken = next();
      unread = Arrays.copyOfRange(unread, taken, unread.length);
    }
  }

  private boolean reads() {
    boolean listens = phase == Phase.GREETING || (phase == Phase.OPEN && !pressed);
    return listens && order.owed() < OWED_AT_MOST && order.records() < RECORDS_AT_MOST;
  }

  /** Takes a frame; returns how many bytes it had, 0 if it is not whole or the last one. */
  private int next() {
    boolean foreign = unread[0] != 0x4B || (unread.length > 1 && unread[1] != 0x56);
    if (foreign) {
      frames++;
      leave(0, -1, "REJECTED");
      return 0;
    }
    if (unread.length < Octets.HEADER) {
      return 0;
    }
    int seq = (int) number(unread, 5, 2);
    int length = (int) number(unread, 7, 2);
    if (unread[2] != 5 || length > 4096) {
      frames++;
      leave(seq, unread[2] != 5 ? 8 : 4, "REJECTED");
      return 0;
    }
    int tagged = Octets.HEADER + length + ((unread[3] & Octets.AUTH) == 0 ? 0 : Octets.TAG);
    if (unread.length < tagged + 2) {
      return 0;
    }
    frames++;
    byte[] frame = Arrays.copyOf(unread, tagged);
    if (Octets.crc(unread, tagged) != number(unread, tagged, 2)) {
      seqs.damaged();
      fault(seq, 1);
    } else {
      checked(frame, seq, Arrays.copyOfRange(frame, Octets.HEADER, Octets.HEADER + length));
    }
    return tagged + 2;
  }

  private void checked(byte[] frame, int seq, byte[] payload) {
    int type = frame[4] & 0xFF;
    if (phase == Phase.GREETING && type != Grammar.HELLO) {
      leave(seq, 5, "REJECTED");
    } else if (order.key() != null && !(rightTag(frame, payload) && seqs.follows(seq))) {
      leave(seq, 6, "REJECTED");
    } else if ((frame[3] & ~Octets.AUTH) != 0) {
      fault(seq, 3);
    } else if (!Grammar.known(type, station)) {
      fault(seq, 2);
    } else if (!Grammar.wellFormed(type, payload) || (type == Grammar.HELLO && greeted())) {
      fault(seq, 3);
    } else if (type == Grammar.HELLO) {
      greet(frame, seq, payload);
    } else {
      serve(type, seq, payload);
    }
  }

  private boolean greeted() {
    return helloPlace != null;
  }

  private boolean rightTag(byte[] frame, byte[] payload) {
    byte[] header = Arrays.copyOf(frame, Octets.HEADER);
    byte[] right = Octets.tag(order.key(), Octets.UP, nonce, header, payload);
    byte[] found = Arrays.copyOfRange(frame, Octets.HEADER + payload.length, frame.length);
    return Arrays.equals(found, right);
  }

  private void greet(byte[] frame, int seq, byte[] p) {
    phase = Phase.ADMISSION;
    station = p[0] == 1;
    nonce = Arrays.copyOfRange(p, 31, 39);
    helloPlace = order.place(seq, 0);
    seqs.begin(seq);
    Greeting greeting =
        new Greeting(
            p[0],
            number(p, 1, 8),
            number(p, 9, 8),
            (int) number(p, 17, 2),
            (int) number(p, 19, 2),
            Grammar.iccid(p, 21),
            Octets.hex(nonce));
    surroundings.admit(
        greeting, full, Octets.hex(Octets.sealed(Arrays.copyOf(frame, frame.length + 2))));
  }

  private void serve(int type, int seq, byte[] payload) {
    switch (type) {
      case Grammar.BYE -> leave(seq, -1, "BYE");
      case Grammar.PING -> {
        if (registered) {
          store(type, payload, order.place(seq, 0));
        } else {
          order.know(order.place(seq, 0), Order.ACK, new byte[2], null);
        }
      }
      case Grammar.RELAY -> relay(seq, payload);
      default -> store(type, payload, order.place(seq, 0));
    }
  }

  private void relay(int seq, byte[] payload) {
    Order.Place place = order.place(seq, number(payload, 0, 8));
    int type = payload[8] & 0xFF;
    byte[] inner = Arrays.copyOfRange(payload, Grammar.RELAY_HEAD, payload.length);
    if (!Grammar.relayable(type)) {
      order.know(place, Order.REJECT, new byte[] {2}, null);
    } else if (!Grammar.wellFormed(type, inner)) {
      order.know(place, Order.REJECT, new byte[] {3}, null);
    } else {
      store(type, inner, place);
    }
  }

  private void store(int type, byte[] payload, Order.Place place) {
    place.stands(requests.size(), type != Grammar.PING);
    place.brings(type == Grammar.READINGS ? payload[0] : 0);
    requests.add(place);
    surroundings.store(type, place.block(), payload);
  }

  private void fault(int seq, int code) {
    faults++;
    if (faults == FAULTS_AT_MOST) {
      leave(seq, code, "REJECTED");
    } else {
      order.know(order.place(seq, 0), Order.REJECT, new byte[] {(byte) code}, null);
    }
  }

  /** The last answer, if any, when its turn comes; -1 = none. */
  private void leave(int seq, int code, String why) {
    phase = Phase.LEAVING;
    ownReason = why;
    byte[] payload = code < 0 ? null : new byte[] {(byte) code};
    order.know(order.place(seq, 0), Order.REJECT, payload, why);
  }

  @Override
  public void admitted(Verdict verdict, int retryAfter, byte[] key) {
    boolean opens = verdict == Verdict.ACCEPTED || verdict == Verdict.NOT_REGISTERED;
    registered = verdict == Verdict.ACCEPTED;
    if (opens) {
      surroundings.started();
    }
    if (phase == Phase.OVER) {
      if (opens) {
        surroundings.ended(reason, frames);
      }
      return;
    }
    begun = opens;
    if (phase == Phase.ADMISSION) {
      phase = Phase.OPEN;
    }
    if (verdict == Verdict.FAILED) {
      busy();
    } else {
      order.sign(key, nonce);
      order.know(
          helloPlace,
          Order.HELLO_ACK,
          helloAck(verdict.code(), verdict == Verdict.BUSY ? retryAfter : 0),
          opens ? null : "REJECTED");
    }
    read();
  }

  private void busy() {
    order.know(helloPlace, Order.HELLO_ACK, helloAck(4, Trace.SPREAD), "STORAGE_UNAVAILABLE");
  }

  private static byte[] helloAck(int result, int retryAfter) {
    return Octets.join(new byte[] {(byte) result}, little(NOW, 4), little(retryAfter, 2));
  }

  @Override
  public void stored(int request, Fate fate, int pending, List<Due> due) {
    Order.Place place = requests.get(request);
    switch (fate) {
      case REFUSED -> order.refuse(place);
      case FAILED -> order.fail(place);
      case BLOCK_BLOCKED -> order.knowStored(place, Order.REJECT, new byte[] {9}, due);
      case STORED, STORED_BEFORE -> {
        byte code = (byte) (fate == Fate.STORED ? 0 : 1);
        order.knowStored(place, Order.ACK, new byte[] {code, (byte) pending}, due);
      }
    }
    read();
  }

  @Override
  public void interrupted(Ending ending) {
    switch (ending) {
      case PEER_CLOSED, CONNECTION_LOST -> over(ownReason == null ? ending.name() : ownReason);
      case TAKEN_OVER, IDLE, STALLED -> over(ending.name());
      case SERVER_STOPS -> {
        if (phase != Phase.LEAVING && phase != Phase.OVER) {
          leave(0, -1, "SERVER_STOPPED");
        }
      }
      case STORAGE_LATE -> late();
    }
  }

  private void late() {
    if (phase == Phase.OVER || order.owed() == 0) {
      return;
    }
    phase = Phase.LEAVING;
    if (begun) {
      order.fail(order.first());
    } else {
      busy();
    }
  }

  private void over(String why) {
    if (phase != Phase.OVER) {
      phase = Phase.OVER;
      reason = why;
      order.abandon();
      surroundings.closed();
      if (begun) {
        surroundings.ended(why, frames);
      }
    }
  }
}
