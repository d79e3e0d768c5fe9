package org.kvantenergo.wire.packet;

/**
 * One record of a READINGS frame, 54 bytes. A received value is never refused: ranges below are
 * what the fields can carry, not what is plausible.
 *
 * @param recordNumber the module's own counter of records, u32
 * @param moduleTime module's clock when the record was made, u32 seconds since 1970-01-01T00:00:00Z
 * @param meterTime meter's clock in the same record, u32 seconds since 1970-01-01T00:00:00Z
 * @param reading total volume, f64, m³; any bit pattern
 * @param resource «расчётный ресурс», f32, %; any bit pattern
 * @param temperature f32, °C; any bit pattern
 * @param battery voltage, f32, V; any bit pattern
 * @param measurementErrors bit mask, u16
 * @param temperatureErrors bit mask, u16
 * @param controlErrors bit mask, u16
 * @param calibrationErrors bit mask, u16
 * @param hardwareErrors bit mask, u16
 * @param status status word, u16 (docs/protocol.md, "Status bits")
 * @param rssi signal, i8, dBm
 * @param band band number, u8, 0 = not known
 * @param period exchange period, u16, min
 * @param sessionsTotal sessions since commissioning, u32
 * @param sessionsDay sessions in the past day, u16
 */
public record Reading(
    long recordNumber,
    long moduleTime,
    long meterTime,
    double reading,
    float resource,
    float temperature,
    float battery,
    int measurementErrors,
    int temperatureErrors,
    int controlErrors,
    int calibrationErrors,
    int hardwareErrors,
    int status,
    int rssi,
    int band,
    int period,
    long sessionsTotal,
    int sessionsDay) {}
