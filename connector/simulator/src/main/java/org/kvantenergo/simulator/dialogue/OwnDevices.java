package org.kvantenergo.simulator.dialogue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;

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

  /**
   * With these devices.
   *
   * @param modules each IMEI:SERIAL
   * @param stations serials
   * @param blocks serials
   * @throws ScriptException if a module is written otherwise
   */
  public OwnDevices(List<String> modules, Collection<Long> stations, Collection<Long> blocks) {
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
      throw new ScriptException("not enough devices were named for this script");
    }
    return next;
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
