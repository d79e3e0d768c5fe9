package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.kvantenergo.launcher.DatabaseCheck;

/**
 * A load beside a queue of commands: one for each of so many devices. Those of the devices that
 * report belong to a campaign that is paused, so that each is looked at with every report and none
 * goes out; the others wait for devices that do not come.
 *
 * @param load what is measured
 * @param commands how many wait; 0 = none
 * @param reporting how many of the first devices report
 */
record QueuedLoad(SimulatorLoad load, int commands, int reporting) implements Subject {

  private static final String EMPTY =
      """
      update command set state = 'CANCELLED', reason = 'BY_PERSON', ended_at = now()
      where state in ('QUEUED', 'LEASED')
      """;

  private static final String FILL =
      """
      with asker as (
        select id, organisation_id, login from account where login = 'admin'
      ), asked as (
        insert into command_request (account_id, organisation_id, login, address, key, content, state,
          code, arguments, composite, priority, attempts_allowed, expires_at)
        select id, organisation_id, login, '', gen_random_uuid()::text, ''::bytea, 'SENT', 1,
          decode('05061e00', 'hex'), false, 0, 3, now() + interval '1 day' from asker
        returning *
      ), held as (
        insert into campaign (organisation_id, name, request_id, canaries, threshold, state, resumes,
          account_id, login)
        select organisation_id, 'bench', id, 1, 100, 'PAUSED', 'RUNNING', account_id, login from asked
        returning id
      )
      insert into command (device_id, code, arguments, created_by, expires_at, attempts_allowed,
        request_id, campaign_id)
      select d.id, a.code, a.arguments, a.login, a.expires_at, a.attempts_allowed, a.id,
        case when d.serial <= 300000000000 + ? then h.id end
      from asked a, held h, device d
      where d.serial between 300000000001 and 300000000000 + ?
      order by d.id
      """;

  @Override
  public Label label() {
    return load.label();
  }

  @Override
  public void prepare(Stage stage) throws IOException, InterruptedException, SQLException {
    load.prepare(stage);
  }

  @Override
  public Map<Quantity, Double> measure(Stage stage)
      throws IOException, InterruptedException, SQLException {
    try (Connection connection = DatabaseCheck.connect(stage.address());
        Statement empty = connection.createStatement();
        PreparedStatement fill = connection.prepareStatement(FILL)) {
      empty.executeUpdate(EMPTY);
      if (commands > 0) {
        fill.setInt(1, reporting);
        fill.setInt(2, commands);
        int queued = fill.executeUpdate();
        if (queued != commands) {
          throw new IllegalStateException(queued + " commands queued, not " + commands);
        }
      }
      // As after a night: the statistics know of them, and dead rows are gone.
      empty.execute("VACUUM ANALYZE command");
    }
    return load.measure(stage);
  }
}
