package org.kvantenergo.web.setaside;

import java.util.List;

/**
 * The lower part of the page: one frame.
 *
 * @param line as it is listed
 * @param error all that the database said
 * @param reason class of the SQLSTATE, key of its meaning; empty if there is none
 * @param session its session
 * @param node name of the server that took it
 * @param address of the peer
 * @param station serial of the base station that relayed it, empty if none did
 * @param readings whether it holds records
 * @param records the records
 * @param fields what it says if it holds none
 * @param size of the payload, bytes; empty where it is not shown
 * @param dump the payload
 */
public record FrameDetail(
    FrameLine line,
    String error,
    String reason,
    String session,
    String node,
    String address,
    String station,
    boolean readings,
    List<RecordLine> records,
    List<Field> fields,
    String size,
    List<Bytes> dump) {

  /**
   * A value of a frame that is no list.
   *
   * @param name key of its name
   * @param value as sent
   */
  public record Field(String name, String value) {}

  /**
   * Sixteen bytes.
   *
   * @param offset of the first, four hex digits
   * @param hex two digits a byte, separated by spaces
   */
  public record Bytes(String offset, String hex) {}
}
