package org.kvantenergo.wire;

import java.time.Instant;

/**
 * When the answers of a batch were written to their connections. The arrays have one place a
 * delivery of the batch, belong to the receipt and must not be changed.
 *
 * @param batchId which batch
 * @param node name of this server
 * @param storedAt when its transaction had committed
 * @param sessions ids of the sessions
 * @param seqs u16 of the frames; -1 where the delivery is no frame
 * @param afterMillis from {@code storedAt} to the moment when the answer was handed to the
 *     connection; -1 where the connection was gone or nothing is answered
 */
@SuppressWarnings("ArrayRecordComponent") // one receipt is never compared with another
public record AckReceipt(
    long batchId, String node, Instant storedAt, long[] sessions, int[] seqs, int[] afterMillis) {}
