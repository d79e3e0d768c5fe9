package org.kvantenergo.session;

import java.util.Optional;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;

/** Access points that modules report by INFO: secrets, shown one at a time. */
public interface AccessPoints {

  /**
   * What a module said of its access point in a session.
   *
   * @param apn empty if none
   * @param login empty if none
   * @param password empty if none; left out of {@link #toString()}
   */
  record AccessPoint(String apn, String login, String password) {

    @Override
    public String toString() {
      return "AccessPoint";
    }
  }

  /**
   * Shows one, and notes in the audit who was shown it. Asks for {@code READ_SECRETS}.
   *
   * @param session of the device
   * @return empty if there is none such, no INFO came in it, or the caller does not see the device
   */
  Optional<AccessPoint> reveal(Caller caller, DeviceId device, long session);
}
