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
 * @param values longs and arrays, in order
 */
record Visibility(String condition, List<Object> values) {

  // Said by the state and not by the owner: the indexes of registered devices are partial by it.
  private static final String REGISTERED = "d.state in ('REGISTERED', 'BLOCKED') and ";
  private static final String UNREGISTERED = "d.state = 'UNREGISTERED' and ";

  static Visibility of(Scope scope, DeviceFilter filter) {
    String seen = VisibleDevice.seen(scope);
    if (filter instanceof DeviceFilter.InGroup in) {
      return new Visibility(REGISTERED + "d.group_id = ? and " + seen, List.of(in.group().value()));
    }
    if (filter instanceof DeviceFilter.Unregistered) {
      return new Visibility(UNREGISTERED + seen, List.of());
    }
    return new Visibility(REGISTERED + seen, List.of());
  }

  static Visibility of(Scope scope, Collection<DeviceId> ids) {
    return new Visibility(
        "d.id = any(?) and " + VisibleDevice.seen(scope),
        List.of(ids.stream().mapToLong(DeviceId::value).toArray()));
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
