package org.kvantenergo.web.monitoring;

import java.util.List;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Status;

/**
 * A line of «Переданные показания», ready to be shown.
 *
 * @param key names the record in links
 * @param number place in the whole list, from 1
 * @param received when the server received it
 * @param resource %
 * @param module module's clock
 * @param clockOdd whether that clock cannot be right
 * @param meter meter's clock
 * @param masks the five error masks
 * @param temperature °C
 * @param reading m³
 * @param readingOdd whether the reading is called valid but cannot be a total
 * @param fell whether it is smaller than the one before
 * @param battery V
 * @param status word with its meaning
 * @param conflict whether another record has the same number and time
 * @param protocol version
 * @param model number
 * @param gap «нет пакетов 6 ч» if none came for more than one and a half periods before it, else
 *     empty
 */
public record RecordLine(
    String key,
    String number,
    Moment received,
    Padded resource,
    Moment module,
    boolean clockOdd,
    Moment meter,
    List<Mask> masks,
    Padded temperature,
    Padded reading,
    boolean readingOdd,
    boolean fell,
    Padded battery,
    Status status,
    boolean conflict,
    String protocol,
    String model,
    String gap) {

  /**
   * A number and the zeros that, hidden, align it.
   *
   * @param text as sent
   * @param zeros hidden
   */
  public record Padded(String text, String zeros) {}
}
