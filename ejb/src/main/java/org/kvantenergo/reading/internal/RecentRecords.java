package org.kvantenergo.reading.internal;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers digests of records that came lately: nearly every record that comes again is among
 * them. Only a hint: a digest gives its place up to a later one, and what is remembered may have
 * been rolled back. 8 MB; any thread.
 */
final class RecentRecords {

  private static final int PLACES = 1 << 20;

  private final AtomicLongArray digests = new AtomicLongArray(PLACES);

  /** Whether it is remembered; from now on it is. */
  boolean seen(long digest) {
    // A digest is as good as random in all its bits.
    return digests.getAndSet((int) digest & (PLACES - 1), digest) == digest;
  }
}
