package org.kvantenergo.device;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;

/**
 * The one check of who sees a device, as SQL over {@code device d}: for every feature whose rows
 * belong to devices.
 */
public final class VisibleDevice {

  /** Seen by a scope; two places: the organisation, and whether what nobody owns is seen too. */
  public static final String SEEN = "(d.organisation_id = ? or (d.organisation_id is null and ?))";

  /** One device, if the scope sees it; three places, filled by {@link #bind}. */
  public static final String CONDITION = "d.id = ? and " + SEEN;

  private VisibleDevice() {}

  /** Fills the three places of {@link #CONDITION}, which are the statement's first; returns 4. */
  public static int bind(PreparedStatement statement, Scope scope, DeviceId device)
      throws SQLException {
    statement.setLong(1, device.value());
    statement.setLong(2, scope.organisation().value());
    statement.setBoolean(3, scope.unregistered());
    return 4;
  }
}
