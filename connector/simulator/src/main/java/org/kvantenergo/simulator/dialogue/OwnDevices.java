package org.kvantenergo.simulator.dialogue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * The surroundings of somebody who has a few registered devices and nothing else of the server: no
 * database, no queue of commands. One script, one thread.
 */
public final class OwnDevices implements Surroundings {

  private static final long STRANGERS_IMEI = 862_000_000_000_000L;
  private static final long STRANGERS_SERIAL = 320_000_000_000L;
  private static final long STRANGERS = 1_000_000_000L;

  private final Queue<Identity> modules;
  private final Queue<Identity> stations;
  private final Queue<Identity> blocks;
  private final LongSupplier counters;

  /**
   * With these devices.
   *
   * @param modules each IMEI:SERIAL
   * @param stations serials
   * @param blocks serials
   * @param counters the next session counter, whosesoever: u32, greater with every call and from
   *     run to run
   * @throws ScriptException if a module is written otherwise
   */
  public OwnDevices(
      List<String> modules,
      Collection<Long> stations,
      Collection<Long> blocks,
      LongSupplier counters) {
    List<Identity> identities = new ArrayList<>();
    for (String module : modules) {
      if (!module.matches("\\d{1,15}:\\d{1,15}")) {
        throw new ScriptException("'" + module + "' is not IMEI:SERIAL");
      }
      String[] parts = module.split(":", 2);
      identities.add(new Identity(0, Long.parseLong(parts[0]), Long.parseLong(parts[1])));
    }
    this.modules = new ArrayDeque<>(identities);
    this.stations = bySerial(stations);
    this.blocks = bySerial(blocks);
    this.counters = counters;
  }

  private static Queue<Identity> bySerial(Collection<Long> serials) {
    return new ArrayDeque<>(serials.stream().map(s -> new Identity(0, 0, s)).toList());
  }

  @Override
  public Identity device(Kind kind, Standing standing) {
    if (standing == Standing.UNKNOWN) {
      long number = ThreadLocalRandom.current().nextLong(STRANGERS);
      long imei = kind == Kind.MODULE ? STRANGERS_IMEI + number : 0;
      return new Identity(0, imei, STRANGERS_SERIAL + number);
    }
    if (standing == Standing.BLOCKED) {
      throw new ScriptException("whom the server blocks is not known here");
    }
    Identity next =
        switch (kind) {
          case MODULE -> modules.poll();
          case STATION -> stations.poll();
          case BLOCK -> blocks.poll();
        };
    if (next == null) {
      throw new ScriptException(
          "no %s is left that the server knows; name one more with %s"
              .formatted(kind.name().toLowerCase(Locale.ROOT), option(kind)));
    }
    return next;
  }

  private static String option(Kind kind) {
    return switch (kind) {
      case MODULE -> "--module IMEI:SERIAL";
      case STATION -> "--station SERIAL";
      case BLOCK -> "--block SERIAL";
    };
  }

  @Override
  public long counter(long last) {
    return counters.getAsLong();
  }

  /** The server is expected to hold it already. */
  @Override
  public void key(Identity device, byte[] key) {}

  @Override
  public long command(Identity device, String command, List<String> arguments) {
    throw new ScriptException("the server's queue of commands is not at hand here");
  }

  @Override
  public String query(String sql) {
    throw new ScriptException("the server's database is not at hand here");
  }

  @Override
  public void storage(Fault fault) {
    throw new ScriptException("the server's storage is not at hand here");
  }
}
