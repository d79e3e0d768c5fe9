package org.kvantenergo.reading;

import java.util.Optional;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;

/** Answers "how do we know?" for one record of the archive. */
public interface Custody {

  /** All that is known of how it came; empty when the scope does not see such a record. */
  Optional<Evidence> of(Scope scope, DeviceId device, RecordKey record);
}
