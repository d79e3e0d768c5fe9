package org.kvantenergo.web.monitoring;

import java.io.Serializable;
import java.util.List;

/**
 * What became of a search for numbers.
 *
 * @param rows what was found, in the order in which it was asked for
 * @param missing numbers of no device that the viewer sees
 */
public record Found(List<Row> rows, List<String> missing) implements Serializable {

  /**
   * A device.
   *
   * @param id of it
   * @param value the number as it was asked for
   * @param column name of the column in which it stands
   * @param registered whether somebody registered it
   */
  public record Row(long id, String value, String column, boolean registered)
      implements Serializable {}
}
