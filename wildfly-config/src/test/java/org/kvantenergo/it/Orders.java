package org.kvantenergo.it;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Commands as they stand in the database once somebody has asked for them.
 *
 * @param kvant where
 * @param login who asks
 */
public record Orders(KvantInstance kvant, String login) {

  /** «Повторы: 7», as the arguments go out. */
  private static final String RETRIES = "07";

  private static final String REQUEST =
      """
      insert into command_request (account_id, organisation_id, login, address, key, content, state,
        code, arguments, composite, priority, attempts_allowed, expires_at, device_ids)
      select a.id, a.organisation_id, a.login, '10.1.2.3', gen_random_uuid()::text, '', ?, 4,
        decode(?, 'hex'), false, 0, 3, now() + interval '2 days', ?
      from account a where a.login = ? returning id
      """;

  private static final String COMMANDS =
      """
      insert into command (device_id, code, arguments, created_by, expires_at, attempts_allowed,
        request_id, campaign_id)
      select d, r.code, r.arguments, r.login, r.expires_at, r.attempts_allowed, r.id, ?
      from command_request r, unnest(?::bigint[]) d where r.id = ?
      """;

  private static final String CAMPAIGN =
      """
      insert into campaign (organisation_id, name, request_id, canaries, threshold, state, account_id,
        login)
      select r.organisation_id, ?, r.id, 1, 100, 'PROPOSED', r.account_id, r.login
      from command_request r where r.id = ? returning id
      """;

  private static final String DEVICES =
      """
      insert into campaign_device (campaign_id, device_id, canary, command_id)
      select k.id, d.id, c.id is not null, c.id
      from campaign k, unnest(?::bigint[]) d(id)
      left join command c on c.device_id = d.id and c.campaign_id = ?
      where k.id = ?
      """;

  /** «Повторы: 7» for devices; returns the call. */
  public long send(Long... devices) throws SQLException {
    long request = value(REQUEST, "SENT", RETRIES, null, login);
    update(COMMANDS, null, devices, request);
    return request;
  }

  /** The same, waiting for somebody's approval. */
  public long propose(Long... devices) throws SQLException {
    return value(REQUEST, "PROPOSED", RETRIES, devices, login);
  }

  /** The same as a campaign whose first device has its command. */
  public long campaign(String name, Long... devices) throws SQLException {
    long request = value(REQUEST, "SENT", RETRIES, null, login);
    long campaign = value(CAMPAIGN, name, request);
    update(COMMANDS, campaign, Arrays.copyOf(devices, 1), request);
    update(DEVICES, devices, campaign, campaign);
    // Last: the server looks at what has begun, and must find it whole.
    update("update campaign set state = 'CANARIES' where id = ?", campaign);
    return campaign;
  }

  /** A single number. */
  public long value(String sql, Object... values) throws SQLException {
    try (Connection connection = kvant.connect();
        PreparedStatement statement = prepare(connection, sql, values);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Changes the database. */
  public void update(String sql, Object... values) throws SQLException {
    try (Connection connection = kvant.connect();
        PreparedStatement statement = prepare(connection, sql, values)) {
      statement.executeUpdate();
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Long[] ids) {
        statement.setArray(i + 1, connection.createArrayOf("bigint", ids));
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
    return statement;
  }
}
