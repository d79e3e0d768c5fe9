package org.kvantenergo.simulator.dialogue;

import java.time.Duration;

/** One thing that a script does or expects. */
sealed interface Step {

  /** Opens a connection. */
  record Connect(String connection, Door door, String tls) implements Step {}

  /** Which port, and whether TLS is spoken. */
  enum Door {
    PLAIN,
    TLS,
    /** The TLS port, raw bytes. */
    TLS_RAW
  }

  /** Closes a connection from our end: in good order, or at once by a reset. */
  record Disconnect(String connection, boolean reset) implements Step {}

  /** Sends a packet. */
  record Send(String connection, Message message) implements Step {}

  /** Sends bytes as they stand. */
  record SendHex(String connection, String hex, boolean crc) implements Step {}

  /** Sends the bytes of an earlier line once more. */
  record SendAgain(String connection, String name) implements Step {}

  /** Sends what the line before held back. */
  record SendRest(String connection) implements Step {}

  /** Expects a packet. */
  record Expect(String connection, Message message) implements Step {}

  /** Expects bytes; two dots stand for any byte. */
  record ExpectHex(String connection, String hex) implements Step {}

  /** Expects that the server closes, not before some time since we last sent something. */
  record ExpectClosed(String connection, String after) implements Step {}

  /** Expects that nothing comes and the connection stays for a time. */
  record ExpectQuiet(String connection, String lasting) implements Step {}

  /** A device of the script, and what the server knows of it. */
  record GivenDevice(String name, Surroundings.Kind kind, Surroundings.Standing standing)
      implements Step {}

  /** A key, in hex or, if empty, a random one. */
  record GivenKey(String device, String key, boolean server) implements Step {}

  /** A command in the server's queue. */
  record GivenCommand(String name, String device, Message command, int times) implements Step {}

  /** Asks the database. */
  record Database(String sql, Duration within, String expected) implements Step {}

  /** Takes storage away or gives it back. */
  record Storage(Surroundings.Fault fault) implements Step {}
}
