package org.kvantenergo.registry.lists.internal;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.kvantenergo.registry.lists.Column;
import org.kvantenergo.registry.lists.ListError;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.registry.lists.ListStatus;
import org.kvantenergo.registry.lists.ListStatus.Count;
import org.kvantenergo.registry.lists.Lists;
import org.kvantenergo.registry.lists.Problem;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.NotPermittedException;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Sql;
import org.kvantenergo.shared.Started;

/**
 * Lists of a person: what they are told of them, and the work handed to threads of the server's.
 */
@ApplicationScoped
public class ListsBean implements Lists {

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.registry.lists");
  private static final String DOING = "looking after lists of meters";
  private static final int NAME_SHOWN = 200;
  private static final int ERRORS_SHOWN = 10_000;
  private static final int RECENT = 10;
  private static final int PORTION = 1000;

  /** Lists that a node works on at the same time. */
  private static final int AT_ONCE = 2;

  private static final String STATUS =
      """
      select id, file_name, state, progress, lines, bad_lines, errors, counts, created_at
      from meter_list\s""";

  /** In the order of the form, as an array of the database. */
  private static final String COLUMNS =
      Stream.of(Column.values()).map(Column::name).collect(Collectors.joining(",", "{", "}"));

  private final DataSource dataSource;
  private final Sql sql;
  private final ListWork work;
  private final ListProgress progress;

  private final Turns turns = new Turns(AT_ONCE);

  @Resource private ManagedExecutorService threads;

  @Inject
  public ListsBean(DataSource dataSource, ListWork work, ListProgress progress) {
    this.dataSource = dataSource;
    this.sql = new Sql(dataSource);
    this.work = work;
    this.progress = progress;
  }

  /** For the proxies of CDI. */
  protected ListsBean() {
    this(null, null, null);
  }

  /** What was under way when the server stopped was taken back by the database. */
  void begin(@Observes Started event) {
    sql.update(DOING, WorkedOn.LOST);
  }

  private void lost(Caller caller) {
    sql.update(DOING, WorkedOn.LOST + " and account_id = ?", caller.accountId());
  }

  @Override
  public ListId announce(Caller caller, OrganisationId owner, String fileName, ZoneId zone) {
    caller.require(Permission.REGISTER);
    if (!owner.equals(caller.scope().organisation())) {
      throw new NotPermittedException(Permission.REGISTER);
    }
    forgetOld();
    String name = fileName.length() > NAME_SHOWN ? fileName.substring(0, NAME_SHOWN) : fileName;
    return sql.list(
            DOING,
            row -> new ListId(row.getLong(1)),
            """
            insert into meter_list (organisation_id, account_id, file_name, zone, state)
            values (?, ?, ?, ?, 'READING') returning id
            """,
            owner.value(),
            caller.accountId(),
            name.replace('\0', ' '),
            zone.getId())
        .get(0);
  }

  /** What nobody came back to for a day, and what a server left when it stopped. */
  private void forgetOld() {
    for (String table : List.of("meter_list_line", "meter_list_error")) {
      sql.update(
          DOING,
          "delete from %s x using meter_list t where t.id = x.list_id and t.touched_at < now() - interval '1 day'"
              .formatted(table));
    }
    sql.update(DOING, "delete from meter_list where touched_at < now() - interval '1 day'");
  }

  @Override
  public void read(Caller caller, ListId list, Path file) {
    start(list, () -> readNow(caller, list, file), file);
  }

  /** On the thread of the caller. */
  void readNow(Caller caller, ListId list, Path file) throws IOException {
    if (work.stage(list, file)) {
      work.check(list, caller.scope());
    }
  }

  @Override
  public boolean begin(Caller caller, ListId list, boolean leaveOutBad) {
    caller.require(Permission.REGISTER);
    return sql.update(
            DOING,
            """
            update meter_list set state = 'APPLYING', progress = 0, touched_at = now()
            where id = ? and account_id = ? and state = 'CHECKED' and lines > bad_lines
              and (? or bad_lines = 0)
            """,
            list.value(),
            caller.accountId(),
            leaveOutBad)
        == 1;
  }

  @Override
  public void apply(Caller caller, ListId list, boolean leaveOutBad) {
    start(list, () -> work.apply(caller, list, leaveOutBad), null);
  }

  /** Not all that wait at once: each that works takes connections from those who report. */
  private void start(ListId list, WorkedOn.Work some, Path file) {
    if (turns.offer(() -> work(list, some, file))) {
      threads.execute(turns::run);
    }
  }

  private void work(ListId list, WorkedOn.Work some, Path file) {
    try {
      WorkedOn.whileRunning(dataSource, list, progress, some);
    } catch (GivenUpException e) {
      unlessAway(() -> work.forget(list), list);
    } catch (IOException | RuntimeException e) {
      ServerMessage.LIST_FAILED.log(LOG, list.value(), e.getMessage());
      unlessAway(() -> progress.failed(list), list);
    } finally {
      forget(file);
    }
  }

  private static void forget(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a file of the temporary folder stays there", e);
    }
  }

  /** Where the database is away, whoever asks for the list later finds that nobody works on it. */
  private static void unlessAway(Runnable noting, ListId list) {
    try {
      noting.run();
    } catch (DatabaseException e) {
      LOG.log(System.Logger.Level.DEBUG, "the end of list {0} is not noted", list.value());
    }
  }

  @Override
  public Optional<ListStatus> status(Caller caller, ListId list) {
    lost(caller);
    return sql
        .list(
            DOING,
            ListsBean::status,
            STATUS + "where id = ? and account_id = ?",
            list.value(),
            caller.accountId())
        .stream()
        .findFirst();
  }

  @Override
  public List<ListStatus> recent(Caller caller) {
    lost(caller);
    return sql.list(
        DOING,
        ListsBean::status,
        STATUS + "where account_id = ? order by id desc limit ?",
        caller.accountId(),
        RECENT);
  }

  @Override
  public boolean cancel(Caller caller, ListId list) {
    return sql.update(
            DOING,
            """
                update meter_list set state = 'CANCELLED', touched_at = now()
                where id = ? and account_id = ? and state in ('READING', 'CHECKED', 'APPLYING')
                """,
            list.value(),
            caller.accountId())
        == 1;
  }

  /** In portions by place: no cursor, and no transaction that lasts as long as a download. */
  @Override
  public void report(Caller caller, ListId list, Consumer<ListError> sink) {
    int line = -1;
    List<ListError> errors;
    do {
      errors = lines(caller, list, line);
      errors.forEach(sink);
      line = errors.isEmpty() ? line : errors.get(errors.size() - 1).line();
    } while (!errors.isEmpty());
  }

  /** All errors of the next lines that have any. */
  private List<ListError> lines(Caller caller, ListId list, int after) {
    return sql.list(
        DOING,
        ListsBean::error,
        """
        select e.line, e.column_name, e.code, e.value
        from meter_list_error e join meter_list t on t.id = e.list_id
        where t.id = ? and t.account_id = ? and e.line > ? and e.line <= (
          select max(line) from (select x.line from meter_list_error x
            where x.list_id = ? and x.line > ? order by x.line limit ?) as portion)
        order by e.line, array_position(?::text[], e.column_name) nulls first, e.code
        """,
        list.value(),
        caller.accountId(),
        after,
        list.value(),
        after,
        PORTION,
        COLUMNS);
  }

  @Override
  public Page<ListError> errors(Caller caller, ListId list, Slice slice) {
    String of =
        " from meter_list_error e join meter_list t on t.id = e.list_id where t.id = ? and t.account_id = ?";
    List<ListError> errors =
        sql.list(
            DOING,
            ListsBean::error,
            "select e.line, e.column_name, e.code, e.value"
                + of
                + " order by e.line, array_position(?::text[], e.column_name) nulls first, e.code"
                + " limit ? offset ?",
            list.value(),
            caller.accountId(),
            COLUMNS,
            slice.limit(),
            slice.offset());
    int total =
        sql.list(
                DOING,
                row -> row.getInt(1),
                "select count(*)" + of,
                list.value(),
                caller.accountId())
            .get(0);
    return new Page<>(errors, Math.min(total, ERRORS_SHOWN));
  }

  private static ListError error(ResultSet row) throws SQLException {
    String column = row.getString(2);
    return new ListError(
        row.getInt(1),
        column.isEmpty() ? null : Column.valueOf(column),
        Problem.valueOf(row.getString(3)),
        row.getString(4));
  }

  private static ListStatus status(ResultSet row) throws SQLException {
    Map<Count, Integer> counts = new EnumMap<>(Count.class);
    try (JsonReader reader = Json.createReader(new StringReader(row.getString("counts")))) {
      JsonObject json = reader.readObject();
      json.forEach(
          (name, number) -> counts.put(Count.valueOf(name), ((JsonNumber) number).intValue()));
    }
    return new ListStatus(
        new ListId(row.getLong("id")),
        row.getString("file_name"),
        ListStatus.State.valueOf(row.getString("state")),
        row.getInt("progress"),
        row.getInt("lines"),
        row.getInt("bad_lines"),
        row.getInt("errors"),
        counts,
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
