package org.kvantenergo.device.internal;

import org.kvantenergo.device.DeviceChanges;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.device.DeviceRefusedException.Reason;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Sql;

/** What has to be so before anything is changed; refuses what is not. */
final class Goal {

  private static final String EXISTS = "23505";
  private static final int MOST_MODEL = 0xFFFF;

  private Goal() {}

  /** An organisation of the caller's, and a group of it. */
  static void organisation(Sql sql, Caller caller, OrganisationId organisation, GroupId group) {
    String seen = InScope.of(caller.scope(), "o.id");
    // The group stays until the devices are in it.
    boolean there =
        group == null
            ? sql.first(
                    "looking up an organisation",
                    row -> true,
                    "select from organisation o where o.id = ? and " + seen,
                    organisation)
                .isPresent()
            : sql.first(
                    "looking up a group",
                    row -> true,
                    """
                    select from device_group g join organisation o on o.id = g.organisation_id
                    where g.id = ? and o.id = ? and %s for key share of g
                    """
                        .formatted(seen),
                    group,
                    organisation)
                .isPresent();
    if (!there) {
      throw new DeviceRefusedException(Reason.UNKNOWN);
    }
  }

  /** A comment as it is kept. */
  static String comment(String typed) {
    return text(typed, 0);
  }

  /** Why something is done. */
  static String reason(String typed) {
    return text(typed, 1);
  }

  private static String text(String typed, int shortest) {
    String text = typed.strip();
    if (text.length() < shortest
        || text.length() > DeviceChanges.LONGEST
        || text.indexOf('\0') >= 0) {
      throw new DeviceRefusedException(Reason.VALUE);
    }
    return text;
  }

  /** A u16. */
  static int model(int model) {
    if (model < 0 || model > MOST_MODEL) {
      throw new DeviceRefusedException(Reason.VALUE);
    }
    return model;
  }

  /** Does something that somebody else may have been quicker with. */
  static <T> T unlessTaken(Reason reason, java.util.function.Supplier<T> change) {
    try {
      return change.get();
    } catch (DatabaseException e) {
      if (e.sqlState().equals(EXISTS)) {
        throw new DeviceRefusedException(reason);
      }
      throw e;
    }
  }
}
