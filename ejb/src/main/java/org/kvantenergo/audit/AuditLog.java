package org.kvantenergo.audit;

import java.util.function.Consumer;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;

/** Reads the audit of the caller's part of the tree. */
public interface AuditLog {

  /**
   * A slice, the newest first.
   *
   * @throws org.kvantenergo.shared.NotPermittedException without {@code READ_AUDIT}
   */
  Page<AuditRow> list(Caller caller, AuditFilter filter, Slice slice);

  /**
   * Gives all rows one by one, the newest first, and notes that they were exported.
   *
   * @throws org.kvantenergo.shared.NotPermittedException without {@code READ_AUDIT}
   */
  void export(Caller caller, AuditFilter filter, Consumer<AuditRow> sink);
}
