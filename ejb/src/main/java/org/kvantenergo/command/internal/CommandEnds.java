package org.kvantenergo.command.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import javax.sql.DataSource;
import org.kvantenergo.shared.Sql;

/**
 * Ends what will not be sent any more; a trigger carries that on along tasks. A portion is a
 * transaction, and one node at a time is at it. Rows that a session is at are left for the next
 * time, so that nobody waits for this.
 */
@ApplicationScoped
@Transactional
public class CommandEnds {

  /** Most commands that one transaction ends in each of the two ways. */
  static final int PORTION = 5_000;

  private static final String DOING = "ending commands";

  static final String TIME_OVER =
      """
      with over as (
        select c.id from command c
        where c.state in ('QUEUED', 'LEASED') and c.ended_at is null and c.expires_at <= now()
        order by c.expires_at limit ? for update skip locked
      )
      update command c set state = 'EXPIRED', reason = 'TIME', ended_at = now()
      from over o where c.id = o.id
      """;

  // Its result may still come in the session that has it. A relayed INFO ends the row of a block,
  // and not the session of its base station.
  private static final String SPENT =
      """
      with over as (
        select c.id from command c
        where c.state in ('QUEUED', 'LEASED') and c.attempts >= c.attempts_allowed
          and (c.leased_by is null
            or exists (select from device_state s
              where s.device_id = c.device_id and s.session_id > c.leased_by)
            or exists (select from device_session e
              where e.id = c.leased_by and e.ended_at is not null and e.end_reason <> 'RELAYED'))
        order by c.id limit ? for update skip locked
      )
      update command c set state = 'EXPIRED', reason = 'ATTEMPTS', ended_at = now()
      from over o where c.id = o.id
      """;

  // Nobody can approve them any more. What they would have sent is kept no longer, its secrets
  // least.
  private static final String PROPOSALS_OVER =
      """
      with over as (
        update command_request r set state = 'DECLINED', decided_at = now(), device_ids = null,
          sealed_apn = null
        where r.state = 'PROPOSED' and r.expires_at <= now() returning r.id
      )
      update campaign k set state = 'CANCELLED', ended_at = now()
      from over o where k.request_id = o.id and k.state = 'PROPOSED'
      """;

  private final Sql sql;

  /** With the database. */
  @Inject
  public CommandEnds(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected CommandEnds() {
    this(null);
  }

  /**
   * A portion.
   *
   * @return whether there may be more
   */
  public boolean end() {
    if (!Turn.taken(sql, Turn.ENDS)) {
      return false;
    }
    sql.update(DOING, PROPOSALS_OVER);
    int late = sql.update(DOING, TIME_OVER, PORTION);
    int spent = sql.update(DOING, SPENT, PORTION);
    return late == PORTION || spent == PORTION;
  }
}
