package org.kvantenergo.adapter.fuzz;

/**
 * What a device says.
 *
 * @param name for people
 * @param type u8 of the frame
 * @param payload 0..4096 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record What(String name, int type, byte[] payload) {
  @Override
  public String toString() {
    return name;
  }
}
