package org.kvantenergo.ingest;

import java.util.function.Supplier;

/** Parts of the caller's transaction that may fail without the rest. */
public interface Salvage {

  /**
   * Runs a part.
   *
   * @throws org.kvantenergo.shared.DatabaseException as the part throws it; if the data is to
   *     blame, what the part did is taken back and the transaction can go on
   */
  <T> T attempt(Supplier<T> part);

  /**
   * Whether a part could be done now; what it does is taken back.
   *
   * @throws org.kvantenergo.shared.DatabaseException if it fails and the data is not to blame
   */
  boolean rehearse(Runnable part);
}
