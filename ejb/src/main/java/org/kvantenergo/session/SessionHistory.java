package org.kvantenergo.session;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Span;

/** Reads the history of sessions, for people. */
public interface SessionHistory {

  /**
   * Sessions of a device, newest first. Empty when the caller does not see the device. APN, login
   * and password of the access point are always empty: {@link AccessPoints} reveals them one by
   * one.
   */
  default Page<SessionRow> list(Caller caller, DeviceId device, Slice slice) {
    return list(caller, device, Span.ALL, slice);
  }

  /** The same, of sessions that opened in a span. */
  Page<SessionRow> list(Caller caller, DeviceId device, Span span, Slice slice);

  /**
   * When the first of a device's sessions of a span opened; empty if there is none or the caller
   * does not see the device.
   */
  Optional<Instant> first(Caller caller, DeviceId device, Span span);

  /**
   * The same list as a whole and as of one moment, by a cursor; with APN, login and password if the
   * caller may read secrets.
   *
   * @param span of when they were opened
   */
  void stream(Caller caller, DeviceId device, Span span, Rows<SessionRow> rows) throws IOException;
}
