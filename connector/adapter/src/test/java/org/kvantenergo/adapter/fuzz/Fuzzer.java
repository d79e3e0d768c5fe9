package org.kvantenergo.adapter.fuzz;

import java.util.Iterator;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;

/** Looks for a script that a server plays otherwise than the oracle, and makes it small. */
final class Fuzzer {

  private static final int GENERATION_SIZE = 1000;
  private static final int MOST_SHRINKING = 20_000;

  private final Rehearsal.Cast cast;

  Fuzzer(Rehearsal.Cast cast) {
    this.cast = cast;
  }

  /**
   * What was found.
   *
   * @param seed of the search
   * @param tries the script that failed was this one, from 1
   * @param script that failed, made small if there was time
   * @param transcript of it
   */
  record Finding(long seed, int tries, Script script, String transcript) {
    @Override
    public String toString() {
      return "seed %d, try %d:%n%s%n%nWhat happened, and after it what should have:%n%s"
          .formatted(seed, tries, script, transcript);
    }
  }

  /** Tries scripts while {@code on} says so of the number of those tried. */
  Optional<Finding> search(long seed, IntPredicate on) {
    return search(seed, on, true);
  }

  /** As {@link #search}, but what is found stays as it is. */
  Optional<Finding> glance(long seed, IntPredicate on) {
    return search(seed, on, false);
  }

  private Optional<Finding> search(long seed, IntPredicate on, boolean shrinking) {
    Finding[] found = new Finding[1];
    JqwikSession.run(() -> found[0] = searched(seed, on, shrinking));
    return Optional.ofNullable(found[0]);
  }

  private Finding searched(long seed, IntPredicate on, boolean shrinking) {
    Random random = new Random(seed);
    RandomGenerator<Script> scripts = Scripts.any().generator(GENERATION_SIZE, false);
    for (int tried = 0; on.test(tried); tried++) {
      Shrinkable<Script> script = scripts.next(random);
      if (fails(script)) {
        Script shown = (shrinking ? small(script) : script).value();
        return new Finding(seed, tried + 1, shown, Rehearsal.transcript(shown, cast));
      }
      JqwikSession.finishTry();
    }
    return null;
  }

  private boolean fails(Shrinkable<Script> script) {
    return Rehearsal.differs(script.value(), cast);
  }

  private Shrinkable<Script> small(Shrinkable<Script> failing) {
    Shrinkable<Script> smallest = failing;
    Iterator<Shrinkable<Script>> smaller = smallest.shrink().iterator();
    for (int i = 0; i < MOST_SHRINKING && smaller.hasNext(); i++) {
      Shrinkable<Script> candidate = smaller.next();
      if (fails(candidate)) {
        smallest = candidate;
        smaller = smallest.shrink().iterator();
      }
    }
    return smallest;
  }
}
