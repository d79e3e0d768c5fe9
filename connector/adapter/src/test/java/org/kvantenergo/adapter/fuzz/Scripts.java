package org.kvantenergo.adapter.fuzz;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.kvantenergo.adapter.fuzz.Server.Ending;
import org.kvantenergo.adapter.fuzz.Server.Fate;
import org.kvantenergo.adapter.fuzz.Server.Verdict;

/** Scripts at random: mostly sessions as they should be, with something wrong here and there. */
final class Scripts {

  private static final int MOST_STEPS = 30;

  private Scripts() {}

  static Arbitrary<Script> any() {
    return Combinators.combine(
            Arbitraries.of(false, true),
            often(false, 30, true, 1),
            Arbitraries.frequency(
                Tuple.of(8, 1), Tuple.of(1, 0), Tuple.of(2, 65_533), Tuple.of(1, 65_535)),
            Arbitraries.of(false, true),
            beginning(),
            step().list().ofMaxSize(MOST_STEPS))
        .as(
            (keyed, full, firstSeq, leavesFirst, beginning, steps) ->
                new Script(
                    keyed,
                    full,
                    firstSeq,
                    leavesFirst,
                    Stream.concat(beginning.stream(), steps.stream()).toList()));
  }

  static <T> Arbitrary<T> often(T one, int often, T other, int seldom) {
    return Arbitraries.frequency(Tuple.of(often, one), Tuple.of(seldom, other));
  }

  /** Most sessions begin with a HELLO that is accepted, of a module or of a station. */
  private static Arbitrary<List<Step>> beginning() {
    Step module = said(Sayings.hello(0, 860_000_000_000_017L, 17));
    Step station = said(Sayings.hello(1, 0, 18));
    Step accepted = new Step.Admit(Verdict.ACCEPTED, 0);
    Step unknown = new Step.Admit(Verdict.NOT_REGISTERED, 0);
    return Arbitraries.frequency(
        Tuple.of(6, List.of(module, accepted)),
        Tuple.of(5, List.of(station, accepted)),
        Tuple.of(1, List.of(module, unknown)),
        Tuple.of(1, List.of(station, unknown)),
        Tuple.of(2, List.of(module)),
        Tuple.of(2, List.of()));
  }

  private static Step said(What what) {
    return new Step.Say(what, Damage.NONE, 1, 0, 0);
  }

  private static Arbitrary<Step> step() {
    return Arbitraries.frequencyOf(
        Tuple.of(24, say()),
        Tuple.of(14, store()),
        Tuple.of(2, admit()),
        Tuple.of(1, Arbitraries.of(true, false, false).map(Step.Press::new)),
        Tuple.of(1, Arbitraries.of(Ending.values()).map(Step.Interrupt::new)),
        Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(Step.Noise::new)));
  }

  private static Arbitrary<Step> say() {
    return Combinators.combine(
            Sayings.any(),
            damage(),
            Arbitraries.frequency(Tuple.of(40, 1), Tuple.of(5, 2), Tuple.of(1, 130)),
            Arbitraries.frequency(
                Tuple.of(9, 0), Tuple.of(1, 1), Tuple.of(1, 7), Tuple.of(1, 9), Tuple.of(1, 10)),
            Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(1, 70))))
        .as(Step.Say::new);
  }

  private static Arbitrary<Step> store() {
    return Combinators.combine(
            often(0, 2, 1, 1).flatMap(most -> Arbitraries.integers().between(0, most * 7)),
            Arbitraries.frequency(
                Tuple.of(12, Fate.STORED),
                Tuple.of(4, Fate.STORED_BEFORE),
                Tuple.of(2, Fate.BLOCK_BLOCKED),
                Tuple.of(1, Fate.REFUSED),
                Tuple.of(1, Fate.FAILED)),
            Arbitraries.of(0, 0, 0, 1, 2, 127, 128, 255),
            Arbitraries.of(0, 0, 1, 2))
        .as(Step.Store::new);
  }

  private static Arbitrary<Step> admit() {
    return Combinators.combine(Arbitraries.of(Verdict.values()), Arbitraries.of(0, 17, 65_535))
        .as(Step.Admit::new);
  }

  private static Arbitrary<Damage> damage() {
    Arbitrary<Damage> some =
        Combinators.combine(
                Arbitraries.of(Damage.Kind.values()), Arbitraries.integers().between(0, 255))
            .as(Damage::new);
    Arbitrary<Damage> counted =
        Combinators.combine(
                Arbitraries.of(
                    Damage.Kind.CRC,
                    Damage.Kind.SEQ,
                    Damage.Kind.FLAGS,
                    Damage.Kind.TYPE,
                    Damage.Kind.SHORTER,
                    Damage.Kind.LONGER),
                Arbitraries.integers().between(0, 3))
            .as(Damage::new);
    return Arbitraries.frequencyOf(
        Tuple.of(16, Arbitraries.just(Damage.NONE)), Tuple.of(2, some), Tuple.of(2, counted));
  }
}
