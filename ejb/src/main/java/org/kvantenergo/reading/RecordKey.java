package org.kvantenergo.reading;

import java.time.Instant;

/**
 * Names one record of a device.
 *
 * @param moduleTime module's clock, whole seconds
 * @param recordNumber the module's own counter
 * @param digest first 8 bytes of SHA-256 over the 54 bytes, big-endian
 */
public record RecordKey(Instant moduleTime, long recordNumber, long digest) {}
