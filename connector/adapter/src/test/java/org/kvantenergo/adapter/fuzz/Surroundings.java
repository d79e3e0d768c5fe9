package org.kvantenergo.adapter.fuzz;

/** Where a {@link Server} says what it does. */
public interface Surroundings {

  /**
   * What a HELLO said.
   *
   * @param kind u8
   * @param imei 15 digits
   * @param serial 15 digits
   * @param model u16
   * @param firmware u16
   * @param iccid digits, empty = unknown
   * @param nonce 8 bytes in hex
   */
  record Greeting(
      int kind, long imei, long serial, int model, int firmware, String iccid, String nonce) {}

  /** A frame goes out. */
  void sent(byte[] frame);

  /** The connection is closed. */
  void closed();

  /** Admission is asked for; with the frame as it came, because its tag is checked there. */
  void admit(Greeting greeting, boolean full, String frame);

  /** Something is to be stored. */
  void store(int type, long block, byte[] payload);

  /** An admitted session begins. */
  void started();

  /** A command went out. */
  void commandSent(long id);

  /** An admitted session ended. */
  void ended(String reason, int frames);

  /** What was stored is known to have been acknowledged, or to be not. */
  void booked(int request, boolean written);
}
