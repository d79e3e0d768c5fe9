package org.kvantenergo.reading;

import java.time.Instant;
import java.util.Set;
import org.kvantenergo.device.ErrorMasks;

/**
 * A row of «Переданные показания»: one record as it was sent.
 *
 * @param key names it; holds the module's own counter and clock
 * @param receivedAt when the server received it
 * @param meterTime meter's clock
 * @param resource %, may be NaN or infinite
 * @param errors the five masks
 * @param temperature °C, may be NaN or infinite
 * @param reading m³, may be NaN or infinite; without meaning when the status has no bit 0
 * @param battery V, may be NaN or infinite
 * @param status status word, u16
 * @param protocol protocol version of its session
 * @param model model of its session, u16
 * @param marks what is odd about it
 * @param fell the reading is valid and smaller than the valid one before it; of records with
 *     plausible clocks, in the order of the module's clock, whatever the order of arrival
 * @param periodMinutes the module's exchange period; 0 = not known
 */
public record ReadingRow(
    RecordKey key,
    Instant receivedAt,
    Instant meterTime,
    float resource,
    ErrorMasks errors,
    float temperature,
    double reading,
    float battery,
    int status,
    int protocol,
    int model,
    Set<Mark> marks,
    boolean fell,
    int periodMinutes) {

  /** The module's own counter. */
  public long recordNumber() {
    return key.recordNumber();
  }

  /** Module's clock. */
  public Instant moduleTime() {
    return key.moduleTime();
  }

  /** Takes its own copy of the marks. */
  public ReadingRow {
    marks = Set.copyOf(marks);
  }
}
