package org.kvantenergo.command.internal;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.kvantenergo.command.CommandDesk.Cancelled;
import org.kvantenergo.command.CommandId;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Sql;

/** Takes commands back that have not gone out. */
final class Cancelling {

  /** Most commands that one call names. */
  static final int MOST = 10_000;

  private static final String DEVICES =
      "select count(distinct device_id) from command where id = any(?)";

  private static final String DOING = "cancelling commands";
  private static final int NAMED = 100;

  // A locking is never taken back by itself: what ends its opening before it went out ends it too.
  // Named or not, of a task go its opening and its change, as far as they have not gone out; a
  // locking stands for its task only while the opening has not.
  private static final String TASK =
      """
      with given as (
        select c.id, c.needs, c.waits_for, c.state from command c join device d on d.id = c.device_id
        where c.id = any(?) and %s
      ), whole as (
        select g.id from given g where g.needs is distinct from 'OVER'
        union select g.waits_for from given g where g.needs = 'DONE'
        union select k.id from given g join command k on k.waits_for = g.id and k.needs = 'DONE'
          where g.state = 'QUEUED'
        union select x.id from given g join command c on c.id = g.waits_for
          join command o on o.id = c.waits_for and o.state = 'QUEUED' and o.leased_by is null
          cross join lateral (values (c.id), (o.id)) as x(id)
          where g.needs = 'OVER'
      )
      """;

  private static final String CANCEL =
      TASK
          + """
          , free as (
            select c.id from command c where c.id in (select w.id from whole w) and c.state = 'QUEUED'
            order by c.id for update skip locked
          )
          update command c set state = 'CANCELLED', reason = 'BY_PERSON', ended_at = now(), ended_by = ?,
            ended_from = ?
          from free f where c.id = f.id
          returning c.id
          """;

  private static final String LEFT =
      "select count(*) from command c where c.id = any(?) and c.state = 'CANCELLED' and c.ended_at = now()";

  private final Sql sql;

  Cancelling(Sql sql) {
    this.sql = sql;
  }

  Cancelled cancel(Caller caller, Collection<CommandId> commands) {
    if (commands.size() > MOST) {
      throw new IllegalArgumentException(commands.size() + " commands");
    }
    long[] ids = commands.stream().mapToLong(CommandId::value).distinct().toArray();
    if (!caller.permissions().contains(Permission.SEND_IN_BULK) && ofMany(ids)) {
      return new Cancelled(0, ids.length);
    }
    List<Long> done =
        sql.list(
            DOING,
            row -> row.getLong(1),
            CANCEL.formatted(VisibleDevice.seen(caller.scope())),
            ids,
            caller.accountId(),
            caller.address());
    long named = sql.first(DOING, row -> row.getLong(1), LEFT, (Object) ids).orElse(0L);
    return new Cancelled(done.size(), Math.max(0, ids.length - named));
  }

  private boolean ofMany(long[] ids) {
    return sql.first(DOING, row -> row.getLong(1), DEVICES, (Object) ids).orElse(0L) > 1;
  }

  /** The first of them, for the audit. */
  static String named(Collection<CommandId> commands) {
    return commands.stream()
        .limit(NAMED)
        .map(command -> Long.toString(command.value()))
        .collect(Collectors.joining(" ", "commands ", ""));
  }
}
