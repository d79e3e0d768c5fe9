package org.kvantenergo.device.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;

/**
 * Which rows of {@code device d} a list shows: a filter within what the scope sees.
 *
 * @param condition SQL with places for the values
 * @param values longs, booleans and arrays, in order
 */
record Visibility(String condition, List<Object> values) {

  private static final String OWNED = "d.organisation_id = ?";
  private static final String NOBODYS = "d.organisation_id is null and ?";

  static Visibility of(Scope scope, DeviceFilter filter) {
    long owner = scope.organisation().value();
    if (filter instanceof DeviceFilter.InGroup in) {
      return new Visibility(OWNED + " and d.group_id = ?", List.of(owner, in.group().value()));
    }
    if (filter instanceof DeviceFilter.Unregistered) {
      return new Visibility(NOBODYS, List.of(scope.unregistered()));
    }
    return new Visibility(OWNED, List.of(owner));
  }

  static Visibility of(Scope scope, Collection<DeviceId> ids) {
    return new Visibility(
        "d.id = any(?) and " + VisibleDevice.SEEN,
        List.of(
            ids.stream().mapToLong(DeviceId::value).toArray(),
            scope.organisation().value(),
            scope.unregistered()));
  }

  /** Binds the values from the first place on; returns the next place. */
  int bind(PreparedStatement statement) throws SQLException {
    int place = 1;
    for (Object value : values) {
      statement.setObject(place++, value);
    }
    return place;
  }
}
