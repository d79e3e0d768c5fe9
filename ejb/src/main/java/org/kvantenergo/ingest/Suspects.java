package org.kvantenergo.ingest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.kvantenergo.setaside.FailedFrame;

/**
 * Frames that failed with nothing beside them to show whether it was them: one that comes again and
 * fails again was. Remembers the newest few thousand. Any thread.
 */
final class Suspects {

  private static final int MOST = 4096;

  private final Map<Integer, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Boolean> eldest) {
          return size() > MOST;
        }
      };

  /** Whether the same payload of the same device failed before; remembers it. */
  synchronized boolean cameBefore(FailedFrame frame) {
    int hash =
        Objects.hash(frame.claim(), frame.block(), frame.type(), Arrays.hashCode(frame.payload()));
    return seen.put(hash, Boolean.TRUE) != null;
  }
}
