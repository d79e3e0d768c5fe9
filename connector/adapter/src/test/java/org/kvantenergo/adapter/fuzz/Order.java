package org.kvantenergo.adapter.fuzz;

import static org.kvantenergo.adapter.fuzz.Octets.little;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.kvantenergo.adapter.fuzz.Server.Due;

/** The oracle's answers: in the order of the frames, numbered, wrapped for blocks, tagged. */
final class Order {

  static final int HELLO_ACK = 0x81;
  static final int ACK = 0x82;
  static final int COMMAND = 0x84;
  static final int RELAY = 0x90;
  static final int REJECT = 0xFF;

  private final Surroundings surroundings;
  private final Consumer<String> over;
  private final ArrayDeque<Place> owed = new ArrayDeque<>();
  private byte[] key;
  private byte[] nonce;
  private int ownSeq;
  private boolean abandoned;

  /** Where an answer goes. */
  static final class Place {
    private final int seq;
    private final long block;
    private int request;
    private int records;
    private boolean promise;
    private boolean known;
    private boolean booking;
    private int type;
    private byte[] payload;
    private List<Due> due = List.of();
    private String last;

    private Place(int seq, long block) {
      this.seq = seq;
      this.block = block;
    }

    long block() {
      return block;
    }

    /** Its frame had so many records. */
    void brings(int count) {
      records = count;
    }

    /** It answers this request to storage; a promise is what its ACK gives. */
    void stands(int forRequest, boolean asPromise) {
      request = forRequest;
      promise = asPromise;
    }
  }

  Order(Surroundings surroundings, Consumer<String> over) {
    this.surroundings = surroundings;
    this.over = over;
  }

  void sign(byte[] by, byte[] forNonce) {
    key = by;
    nonce = forNonce;
  }

  /** Null for none. */
  byte[] key() {
    return key;
  }

  Place place(int seq, long block) {
    Place place = new Place(seq, block);
    owed.add(place);
    return place;
  }

  int owed() {
    return owed.size();
  }

  int records() {
    return owed.stream().mapToInt(place -> place.records).sum();
  }

  Place first() {
    return owed.peek();
  }

  void knowStored(Place place, int type, byte[] payload, List<Due> due) {
    place.booking = place.promise;
    place.due = due;
    know(place, type, payload, null);
  }

  /** Storage is not available for it. */
  void fail(Place place) {
    know(place, REJECT, new byte[] {7}, "STORAGE_UNAVAILABLE");
  }

  /** As {@link #fail}, and it is known not to be stored. */
  void refuse(Place place) {
    place.booking = place.promise;
    book(place, false);
    fail(place);
  }

  /** An answer is known: null payload = nothing is said; {@code last} = why the session ends. */
  void know(Place place, int type, byte[] payload, String last) {
    if (abandoned || place.known) {
      book(place, false);
      return;
    }
    place.known = true;
    place.type = type;
    place.payload = payload;
    place.last = last;
    while (!owed.isEmpty() && owed.peek().known) {
      answer(owed.poll());
    }
  }

  private void answer(Place place) {
    if (place.payload != null) {
      // What ends the session is said to the station, not to the block.
      send(place.seq, place.last == null ? place.block : 0, place.type, place.payload);
      for (Due due : place.due) {
        ownSeq = SeqCheck.after(ownSeq);
        byte[] head = Octets.join(little(due.id(), 4), little(due.code(), 1));
        send(ownSeq, due.block(), COMMAND, Octets.join(head, due.arguments()));
        surroundings.commandSent(due.id());
      }
    }
    book(place, true);
    if (place.last != null) {
      over.accept(place.last);
    }
  }

  private void send(int seq, long block, int type, byte[] payload) {
    if (block == 0) {
      send(seq, type, payload);
    } else {
      send(seq, RELAY, Octets.join(little(block, 8), little(type, 1), payload));
    }
  }

  private void send(int seq, int type, byte[] payload) {
    if (key == null) {
      surroundings.sent(Octets.frame(0, type, seq, payload, Octets.NONE));
    } else {
      byte[] header = Octets.header(Octets.AUTH, type, seq, payload.length);
      byte[] tag = Octets.tag(key, Octets.DOWN, nonce, header, payload);
      surroundings.sent(Octets.frame(Octets.AUTH, type, seq, payload, tag));
    }
  }

  private void book(Place place, boolean written) {
    if (place.booking) {
      place.booking = false;
      surroundings.booked(place.request, written);
    }
  }

  void abandon() {
    abandoned = true;
    owed.forEach(place -> book(place, false));
    owed.clear();
  }
}
