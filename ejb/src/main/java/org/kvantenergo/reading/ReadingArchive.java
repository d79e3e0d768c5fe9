package org.kvantenergo.reading;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Span;

/** Reads the archive, for people. */
public interface ReadingArchive {

  /**
   * Records of a device, newest module time first, then highest record number. Empty when the scope
   * does not see the device.
   */
  default Page<ReadingRow> list(Scope scope, DeviceId device, Slice slice) {
    return list(scope, device, Span.ALL, slice);
  }

  /** The same, of records whose module time lies in a span. */
  Page<ReadingRow> list(Scope scope, DeviceId device, Span span, Slice slice);

  /**
   * Module time of a device's first record in a span, of those with a plausible clock; empty if
   * there is none or the scope does not see the device.
   */
  Optional<Instant> first(Scope scope, DeviceId device, Span span);

  /**
   * The same list as a whole and as of one moment, by a cursor.
   *
   * @param span of the module's clock
   */
  void stream(Scope scope, DeviceId device, Span span, Rows<ReadingRow> rows) throws IOException;
}
