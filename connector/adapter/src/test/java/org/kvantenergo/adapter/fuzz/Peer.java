package org.kvantenergo.adapter.fuzz;

import java.util.Arrays;

/** The device's end: numbers its frames, tags them, and spoils them where the script wants it. */
final class Peer {

  static final byte[] NONCE = {1, 2, 3, 4, 5, 6, 7, 8};

  private static final byte[] KEY = new byte[32];

  private final boolean keyed;
  private int seq;
  private byte[] held = Octets.NONE;

  Peer(boolean keyed, int firstSeq) {
    this.keyed = keyed;
    this.seq = firstSeq;
  }

  /** Null if it has none. */
  byte[] key() {
    return keyed ? KEY.clone() : null;
  }

  /** The bytes that arrive now: those held back before first. */
  byte[] say(Step.Say say) {
    byte[] all = Octets.join(held, spoilt(say.what(), say.damage()));
    int now = Math.max(0, all.length - say.held());
    held = Arrays.copyOfRange(all, now, all.length);
    return Arrays.copyOf(all, now);
  }

  byte[] say(Step.Noise noise) {
    byte[] all = Octets.join(held, noise.bytes());
    held = Octets.NONE;
    return all;
  }

  private byte[] spoilt(What what, Damage damage) {
    int mine = seq;
    int x = damage.x();
    boolean again = damage.kind() == Damage.Kind.CRC && x % 2 == 1;
    seq = again ? seq : SeqCheck.after(seq);
    byte[] payload = what.payload();
    return switch (damage.kind()) {
      case NONE -> frame(0, what.type(), mine, payload);
      case SEQ -> frame(0, what.type(), (mine + (x < 200 ? 1 + x % 3 : x << 8)) & 0xFFFF, payload);
      case FLAGS -> frame(2 << (x % 7), what.type(), mine, payload);
      case TYPE -> frame(0, x, mine, payload);
      case SHORTER -> frame(0, what.type(), mine, shorter(payload, 1 + x));
      case LONGER ->
          frame(0, what.type(), mine, Arrays.copyOf(payload, payload.length + 1 + x % 60));
      case FIRST -> frame(0, what.type(), mine, with(payload, 0, x));
      case BYTE -> frame(0, what.type(), mine, with(payload, 31 * x, x));
      case TAG -> Octets.sealed(wrongTag(frame(0, what.type(), mine, payload), x));
      case UNTAGGED -> Octets.frame(0, what.type(), mine, payload, Octets.NONE);
      case CRC, VERSION, LENGTH, HEADER, CUT -> raw(frame(0, what.type(), mine, payload), damage);
    };
  }

  private static byte[] raw(byte[] frame, Damage damage) {
    int x = damage.x();
    return switch (damage.kind()) {
      case CRC -> flipped(frame, Octets.HEADER + x % (frame.length - Octets.HEADER), x);
      case VERSION -> Octets.sealed(with(x < 128 ? frame : with(frame, 8, x), 2, x));
      case LENGTH -> with(with(frame, 7, x), 8, 0x10 + x % 16);
      case HEADER -> flipped(frame, x % Octets.HEADER, x);
      case CUT -> Arrays.copyOf(frame, x % frame.length);
      case NONE, SEQ, FLAGS, TYPE, SHORTER, LONGER, FIRST, BYTE, TAG, UNTAGGED -> frame;
    };
  }

  private byte[] frame(int flags, int type, int number, byte[] payload) {
    if (!keyed) {
      return Octets.frame(flags, type, number, payload, Octets.NONE);
    }
    int all = flags | Octets.AUTH;
    byte[] header = Octets.header(all, type, number, payload.length);
    byte[] tag = Octets.tag(KEY, Octets.UP, NONCE, header, payload);
    return Octets.frame(all, type, number, payload, tag);
  }

  private byte[] wrongTag(byte[] frame, int x) {
    if (keyed) {
      return flipped(frame, frame.length - 2 - Octets.TAG + x % Octets.TAG, x);
    }
    byte[] tagged = Arrays.copyOf(frame, frame.length + Octets.TAG);
    return with(tagged, 3, Octets.AUTH);
  }

  private static byte[] shorter(byte[] bytes, int by) {
    return Arrays.copyOf(bytes, Math.max(0, bytes.length - by));
  }

  private static byte[] flipped(byte[] bytes, int at, int bit) {
    return with(bytes, at, bytes[at] ^ (1 << (bit % 8)));
  }

  /** Another byte there, if there is one; {@code at} goes round. */
  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    if (changed.length > 0) {
      changed[at % changed.length] = (byte) value;
    }
    return changed;
  }
}
