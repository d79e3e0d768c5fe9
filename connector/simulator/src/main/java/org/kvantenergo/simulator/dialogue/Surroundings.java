package org.kvantenergo.simulator.dialogue;

import java.time.Duration;
import java.util.List;

/**
 * What a script asks for besides the connection: devices that the server knows, its queue of
 * commands, its database. Called by several players at once.
 */
public interface Surroundings {

  /** What a device is. */
  enum Kind {
    MODULE,
    STATION,
    BLOCK
  }

  /** What the server knows of it. */
  enum Standing {
    REGISTERED,
    BLOCKED,
    UNKNOWN
  }

  /** What storage can be made to do. */
  enum Fault {
    /** All is well again. */
    NONE,
    /** Records cannot be stored, devices can be asked for. */
    RECORDS,
    /** The database does not answer at all. */
    ALL
  }

  /** The server's limits that scripts may name as $hello, $idle, $station_idle and $stall. */
  record Limits(Duration hello, Duration idle, Duration stationIdle, Duration stall) {

    /** The protocol's own. */
    public static Limits ofProtocol() {
      return new Limits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(600),
          Duration.ofSeconds(10));
    }
  }

  /**
   * A device for one script.
   *
   * @param id in the server's database; 0 = none
   * @param imei 0 = none
   * @param serial of device
   */
  record Identity(long id, long imei, long serial) {}

  /** Hands out a device that no other script has. */
  Identity device(Kind kind, Standing standing);

  /** Gives the server the key of a device. */
  void key(Identity device, byte[] key);

  /**
   * Queues a command.
   *
   * @param command schedule, metrological, technological, retries, apn or archive
   * @param arguments its arguments in their order; times in seconds since 1970
   * @return its id
   */
  long command(Identity device, String command, List<String> arguments);

  /**
   * Asks the database.
   *
   * @return the columns of the first row, joined by "|"; "none" if there is none
   */
  String query(String sql);

  /** Makes storage fail, or work again. */
  void storage(Fault fault);

  /**
   * The session counter of a device with a key.
   *
   * @param last of this device in this script, 0 before the first
   * @return u32, greater than every one that the server has seen of the device
   */
  default long counter(long last) {
    return last + 1;
  }

  /** The time limits of the server. */
  default Limits limits() {
    return Limits.ofProtocol();
  }
}
