package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.simulator.Load;
import org.kvantenergo.simulator.Simulation;
import org.kvantenergo.simulator.Totals;
import org.kvantenergo.simulator.net.Target;

/**
 * Modules that always have a record under way, each on a connection of its own, and their journal.
 * They come back within a second, whatever they are told. One thread at a time.
 */
final class Crowd implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final int SECOND = 1000 / Waiting.MILLIS;

  private final int size;
  private final Simulation simulation;
  private final Load load;
  private final Promises promises;
  private final List<String> messages = new CopyOnWriteArrayList<>();

  /**
   * Starts them.
   *
   * @param name of the journal
   * @param first number of the first module in the fleet, from 1
   * @param size how many
   * @param records in a frame, 1..64
   */
  Crowd(KvantInstance kvant, String name, int first, int size, int records) throws Exception {
    this.size = size;
    Path journal = kvant.folder().resolve(name + "-journal.txt");
    Files.deleteIfExists(journal);
    promises = new Promises(kvant, journal);
    simulation =
        new Simulation(
            new Simulation.Settings(
                Target.of("127.0.0.1", kvant.modulePort()), 1, journal, LONGEST_WAIT),
            Clock.systemUTC(),
            messages::add);
    load = new Load(simulation, new Load.Plan(size, records, true, size, first));
    load.start();
  }

  Promises promises() {
    return promises;
  }

  Totals.Snapshot totals() {
    return simulation.totals().snapshot();
  }

  /**
   * Returns when the second before had enough acknowledgements and a few further moments have
   * passed.
   *
   * @param rate acknowledged records in a second, at least
   * @param moments of 10 ms, to pass after the rate was there for the first time
   * @return acknowledged records in the second before the return
   */
  long awaitRate(long rate, int moments) throws InterruptedException {
    long[] history = new long[SECOND];
    int[] taken = new int[2];
    long[] second = new long[1];
    Waiting.until(
        rate + " acknowledged records in a second",
        () -> {
          long now = totals().acknowledged();
          int slot = taken[0]++ % SECOND;
          second[0] = now - history[slot];
          history[slot] = now;
          boolean enough = taken[0] > SECOND && second[0] >= rate;
          if (enough || taken[1] > 0) {
            taken[1]++;
          }
          return enough && taken[1] > moments;
        });
    return second[0];
  }

  /** Returns when no acknowledgement is on its way any more: the sender is gone. */
  long awaitSilence() throws InterruptedException {
    long[] last = {-1, 0};
    Waiting.until(
        "silence",
        () -> {
          long now = totals().acknowledged();
          last[1] = now == last[0] ? last[1] + 1 : 0;
          last[0] = now;
          return last[1] >= 10;
        });
    return last[0];
  }

  /** Returns when there are more acknowledged records than so many. */
  void awaitMoreThan(long acknowledged) throws InterruptedException {
    Waiting.until("an ACK", () -> totals().acknowledged() > acknowledged);
  }

  /** Returns when each module has had an ACK since the last look at its promises. */
  void awaitEachServed() throws InterruptedException {
    Set<String> served = new HashSet<>();
    Waiting.until(
        size + " modules served",
        () -> {
          promises
              .further()
              .lines()
              .forEach(line -> served.add(line.substring(0, line.indexOf(' '))));
          return served.size() == size;
        });
  }

  /** What modules said about their sessions; each kind of message at most once in 5 s. */
  List<String> messages() {
    return messages;
  }

  /** No new records; returns when every record that was made is acknowledged. */
  void finish() throws InterruptedException {
    simulation.stop();
    load.finish();
    Waiting.until("every record is acknowledged", () -> totals().waiting() == 0);
    Waiting.until("every session ends", () -> totals().open() == 0);
    assertThat(totals().unexpected()).as("%s", messages).isZero();
  }

  @Override
  public void close() {
    simulation.close();
  }
}
