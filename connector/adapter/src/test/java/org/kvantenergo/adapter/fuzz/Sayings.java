package org.kvantenergo.adapter.fuzz;

import static org.kvantenergo.adapter.fuzz.Octets.join;
import static org.kvantenergo.adapter.fuzz.Octets.little;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What a device may say: every type, at the edges of its structure and just over them. */
final class Sayings {

  private static final long DIGITS_15 = 1_000_000_000_000_000L;
  private static final HexFormat HEX = HexFormat.of();

  private Sayings() {}

  static Arbitrary<What> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, readings()),
        Tuple.of(4, info()),
        Tuple.of(3, result()),
        Tuple.of(4, Arbitraries.just(new What("PING", Grammar.PING, Octets.NONE))),
        Tuple.of(1, Arbitraries.just(new What("BYE", Grammar.BYE, Octets.NONE))),
        Tuple.of(1, anyHello()),
        Tuple.of(6, relay()));
  }

  static What hello(int kind, long imei, long serial) {
    byte[] iccid = HEX.parseHex("8970101008538006975f");
    return hello("HELLO", kind, imei, serial, iccid, Peer.NONCE);
  }

  private static What hello(
      String name, int kind, long imei, long serial, byte[] iccid, byte[] nonce) {
    byte[] head = join(little(kind, 1), little(imei, 8), little(serial, 8));
    String text = "%s kind %d imei %d serial %d".formatted(name, kind, imei, serial);
    return new What(
        text, Grammar.HELLO, join(head, little(642, 2), little(0xFF04, 2), iccid, nonce));
  }

  private static Arbitrary<What> anyHello() {
    return Combinators.combine(
            Arbitraries.of(0, 1, 1, 2, 255),
            Arbitraries.of(860_000_000_000_017L, 0L, 1L, DIGITS_15 - 1, DIGITS_15, -1L),
            Arbitraries.of(17L, 18L, DIGITS_15 - 1, 0L, DIGITS_15, Long.MIN_VALUE + 5),
            Arbitraries.of(
                    "8970101008538006975f",
                    "ffffffffffffffffffff",
                    "89701010085380069a5f",
                    "89f01010085380069750",
                    "89701010085380069750")
                .map(HEX::parseHex),
            Scripts.often(Peer.NONCE, 9, HEX.parseHex("ffffffffffffff80"), 1))
        .as(
            (kind, imei, serial, iccid, nonce) ->
                hello("HELLO " + Octets.hex(iccid), kind, imei, serial, iccid, nonce));
  }

  private static Arbitrary<What> readings() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(30, 1), Tuple.of(8, 2), Tuple.of(1, 64), Tuple.of(1, 0), Tuple.of(1, 65)),
            Arbitraries.integers().between(0, 1000))
        .as(
            (count, content) ->
                new What(
                    "READINGS of %d, content %d".formatted(count, content),
                    Grammar.READINGS,
                    join(little(count, 1), random(54 * count, content))));
  }

  /** Any bit pattern may be a value, 0xFF bytes more than by chance. */
  private static byte[] random(int length, int content) {
    byte[] bytes = new byte[length];
    new Random(content).nextBytes(bytes);
    for (int i = 0; i < length; i++) {
      bytes[i] = content % 10 == 0 ? (byte) 0xFF : bytes[i];
    }
    return bytes;
  }

  private static Arbitrary<What> info() {
    return Combinators.combine(Arbitraries.integers().between(0, 1000), str(), str(), str())
        .as(
            (content, apn, login, password) ->
                new What(
                    "INFO content %d, %s %s %s"
                        .formatted(
                            content, Octets.hex(apn), Octets.hex(login), Octets.hex(password)),
                    Grammar.INFO,
                    join(random(8, content), apn, login, password)));
  }

  /** Mostly right ones: empty, long, of two, three and four bytes a letter; then wrong ones. */
  private static Arbitrary<byte[]> str() {
    List<String> right =
        List.of("", "internet", "я".repeat(31) + "x", "\uFFFF", "\uD83D\uDE00", "\u007f");
    List<String> wrong =
        List.of(
            "0100",
            "01ff",
            "01c3",
            "02c080",
            "03eda080",
            "04f4908080",
            "03e08080",
            "04f0808080",
            "0261",
            "40" + "61".repeat(64),
            "ff",
            "03e2828f",
            "0180",
            "02c3c3");
    return Arbitraries.frequencyOf(
        Tuple.of(
            16,
            Arbitraries.of(right)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .map(utf8 -> join(little(utf8.length, 1), utf8))),
        Tuple.of(1, Arbitraries.of(wrong).map(HEX::parseHex)));
  }

  private static Arbitrary<What> result() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1000), Arbitraries.of(0, 0, 1, 4, 5, 255))
        .as(
            (id, code) ->
                new What(
                    "COMMAND_RESULT %d of command %d".formatted(code, id),
                    Grammar.COMMAND_RESULT,
                    join(little(0xFFFF_FF00L + id, 4), little(code, 1))));
  }

  /** With faults inside besides those that are made outside. */
  private static Arbitrary<What> relay() {
    Arbitrary<Integer> type =
        Arbitraries.frequency(
            Tuple.of(20, -1),
            Tuple.of(1, 0x01),
            Tuple.of(1, 0x05),
            Tuple.of(1, 0x10),
            Tuple.of(1, 0x84));
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(6, 5L),
                Tuple.of(6, 6L),
                Tuple.of(2, DIGITS_15 - 1),
                Tuple.of(1, DIGITS_15),
                Tuple.of(1, 0L),
                Tuple.of(1, -1L)),
            Arbitraries.oneOf(readings(), info(), result()),
            type,
            Arbitraries.frequency(Tuple.of(12, 0), Tuple.of(1, -1), Tuple.of(1, 1)))
        .as(Sayings::relay);
  }

  private static What relay(long block, What inner, int otherType, int longer) {
    int type = otherType < 0 ? inner.type() : otherType;
    byte[] payload = Arrays.copyOf(inner.payload(), inner.payload().length + longer);
    return new What(
        "RELAY for %d of %s%s%s"
            .formatted(
                block,
                inner,
                otherType < 0 ? "" : " as type " + type,
                longer == 0 ? "" : ", %+d bytes".formatted(longer)),
        Grammar.RELAY,
        join(little(block, 8), little(type, 1), payload));
  }
}
