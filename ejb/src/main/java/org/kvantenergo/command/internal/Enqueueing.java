package org.kvantenergo.command.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.RequestId;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Sql;

/**
 * Queues what a request asks for, for all that {@link Picks} has picked and not refused: a handful
 * of statements, however many they are.
 */
final class Enqueueing {

  /**
   * What belongs to a task that has begun goes before everything else: the device is open
   * meanwhile.
   */
  static final int URGENT = 100;

  /** How much longer than its task a locking is tried, and how often. */
  static final Duration LOCKING_LIFE = Duration.ofDays(365);

  static final int LOCKING_ATTEMPTS = 1_000;

  private static final String DOING = "queueing commands";

  // Whoever is being leased at this moment has gone out already, and is passed over.
  private static final String REPLACE =
      """
      with old as (
        select c.id from command c join command_pick p on p.device_id = c.device_id
        where p.refusal is null and p.replaces and c.state = 'QUEUED' and %s
        order by c.id for update of c skip locked
      )
      update command c set state = 'SUPERSEDED', reason = 'NEWER', ended_at = now(), ended_by = ?,
        ended_from = ?
      from old where c.id = old.id
      returning c.waits_for
      """;

  // Of a task that was replaced before it began; its locking is ended by what ends the opening.
  private static final String REPLACE_OPENINGS =
      """
      with old as (
        select o.id from command o where o.id = any(?) and o.state = 'QUEUED'
        order by o.id for update skip locked
      )
      update command o set state = 'SUPERSEDED', reason = 'NEWER', ended_at = now(), ended_by = ?,
        ended_from = ?
      from old where o.id = old.id
      """;

  private static final String SINGLE =
      """
      insert into command (device_id, code, arguments, created_by, queued_by, queued_from, expires_at,
        attempts_allowed, priority, request_id, campaign_id)
      select p.device_id, r.code, r.arguments, r.login, ?::bigint, ?::text, coalesce(?::timestamptz, r.expires_at),
        r.attempts_allowed, r.priority, r.id, ?::bigint
      from command_request r cross join command_pick p
      where r.id = ? and p.refusal is null
      order by p.device_id
      """;

  private static final String TASK =
      """
      with r as (
        select q.*, ?::bigint as by_whom, ?::text as from_where,
          coalesce(?::timestamptz, q.expires_at) as until, ?::bigint as campaign
        from command_request q where q.id = ?
      ),
      t as materialized (
        select p.device_id, nextval('command_id') as opening, nextval('command_id') as change,
          nextval('command_id') as locking
        from (select k.device_id from command_pick k where k.refusal is null order by k.device_id) p
      )
      insert into command (id, device_id, code, arguments, created_by, queued_by, queued_from,
        expires_at, attempts_allowed, priority, request_id, campaign_id, waits_for, needs)
      select t.opening, t.device_id, 3, ''::bytea, r.login, r.by_whom, r.from_where, r.until,
        r.attempts_allowed, r.priority, r.id, r.campaign, null::bigint, null::text from t, r
      union all
      select t.change, t.device_id, r.code, r.arguments, r.login, r.by_whom, r.from_where, r.until,
        r.attempts_allowed, %1$d, r.id, r.campaign, t.opening, 'DONE' from t, r
      union all
      select t.locking, t.device_id, 2, ''::bytea, r.login, r.by_whom, r.from_where,
        r.until + interval '%2$d days', %3$d, %1$d, r.id, r.campaign, t.change, 'OVER' from t, r
      """
          .formatted(URGENT, LOCKING_LIFE.toDays(), LOCKING_ATTEMPTS);

  private final Sql sql;

  Enqueueing(Sql sql) {
    this.sql = sql;
  }

  /**
   * What is queued for each device that is picked.
   *
   * @param request what was asked for
   * @param code of the command
   * @param composite whether each device gets a task of three
   * @param campaign null if it is none
   * @param expiresAt null: as the request says
   */
  record Batch(
      RequestId request, int code, boolean composite, CampaignId campaign, Instant expiresAt) {

    static Batch of(RequestId request, int code, boolean composite) {
      return new Batch(request, code, composite, null, null);
    }

    Batch in(CampaignId some) {
      return new Batch(request, code, composite, some, expiresAt);
    }

    Batch until(Instant some) {
      return new Batch(request, code, composite, campaign, some);
    }
  }

  /**
   * Queues.
   *
   * @param caller in whose name it is queued, and older ones are replaced
   * @return how many devices got something
   */
  int queue(Caller caller, Batch batch) {
    List<Long> openings =
        sql
            .list(
                DOING,
                row -> row.getLong(1),
                REPLACE.formatted(Picks.sameKind(batch.code)),
                caller.accountId(),
                caller.address())
            .stream()
            .filter(id -> id != 0)
            .toList();
    if (!openings.isEmpty()) {
      sql.update(
          DOING,
          REPLACE_OPENINGS,
          openings.stream().mapToLong(Long::longValue).toArray(),
          caller.accountId(),
          caller.address());
    }
    int queued =
        sql.update(
            DOING,
            batch.composite ? TASK : SINGLE,
            caller.accountId(),
            caller.address(),
            batch.expiresAt,
            batch.campaign == null ? null : batch.campaign.value(),
            batch.request.value());
    return batch.composite ? queued / 3 : queued;
  }
}
