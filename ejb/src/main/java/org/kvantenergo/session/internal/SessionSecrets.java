package org.kvantenergo.session.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.kvantenergo.shared.AccessSecret;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.ServerMessage;

/** Login and password of the access point of a session's row. */
final class SessionSecrets {

  private static final System.Logger LOG = System.getLogger(SessionSecrets.class.getName());
  private static final AccessSecret NONE = new AccessSecret("", "");

  private SessionSecrets() {}

  static byte[] seal(SecretBox box, long session, String login, String password) {
    return new AccessSecret(login, password).sealed(box, context(session));
  }

  /** Of a row with all columns; nothing, and a line in the log, if it cannot be opened. */
  static AccessSecret open(SecretBox box, ResultSet row) throws SQLException {
    byte[] sealed = row.getBytes("sealed_apn");
    if (sealed == null) {
      // Of an earlier version, and not sealed yet.
      return new AccessSecret(text(row, "apn_login"), text(row, "apn_password"));
    }
    long session = row.getLong("id");
    try {
      return AccessSecret.open(box, sealed, context(session));
    } catch (SecretBox.SecretException e) {
      ServerMessage.APN_UNREADABLE.log(LOG, session, e.getMessage());
      return NONE;
    }
  }

  /** Empty for null. */
  static String text(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  /**
   * The table sealed_column says the same in SQL. Without the device: when two rows turn out to be
   * one device, sessions move.
   */
  private static String context(long session) {
    return "device_session/" + session;
  }
}
