package org.kvantenergo.web.setaside;

import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Status;

/**
 * A record in a frame, ready to be shown.
 *
 * @param number place in the frame, from 1
 * @param recordNumber the module's own counter
 * @param module module's clock
 * @param meter meter's clock
 * @param reading m³, as sent
 * @param resource %, as sent
 * @param temperature °C, as sent
 * @param battery V, as sent
 * @param status word with its meaning
 */
public record RecordLine(
    String number,
    String recordNumber,
    Moment module,
    Moment meter,
    String reading,
    String resource,
    String temperature,
    String battery,
    Status status) {}
