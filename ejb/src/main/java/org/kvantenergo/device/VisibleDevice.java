package org.kvantenergo.device;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Scope;

/**
 * The one check ({@link InScope}) over {@code device d}, as SQL: for every feature whose rows
 * belong to devices.
 */
public final class VisibleDevice {

  /** One device, if the scope sees it; three places, filled by {@link #bind}. */
  public static final String CONDITION = "d.id = ? and " + InScope.places("d.organisation_id");

  private VisibleDevice() {}

  /** What the scope sees of all devices; no places. */
  public static String seen(Scope scope) {
    return InScope.of(scope, "d.organisation_id");
  }

  /** Fills the three places of {@link #CONDITION}, which are the statement's first; returns 4. */
  public static int bind(PreparedStatement statement, Scope scope, DeviceId device)
      throws SQLException {
    statement.setLong(1, device.value());
    return InScope.bind(statement, 2, scope);
  }
}
