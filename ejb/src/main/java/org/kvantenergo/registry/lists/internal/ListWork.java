package org.kvantenergo.registry.lists.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.registry.lists.ListError;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.registry.lists.ListStatus.Count;
import org.kvantenergo.registry.lists.Lists;
import org.kvantenergo.registry.lists.Problem;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Sql;

/**
 * The three pieces of work on a list. A list is worked on by one thread at a time, and so are those
 * of an organisation: {@link WorkedOn}.
 */
@ApplicationScoped
public class ListWork {

  private static final String DOING = "working on a list of meters";
  private static final int LINES_BETWEEN_NEWS = 5000;
  private static final int MANY_LINES = 1000;
  // Reading takes about as long as checking and trying.
  private static final int READ = 40;
  private static final int TRIED = 95;

  private final DataSource dataSource;
  private final Sql sql;
  private final Checks checks;
  private final ListProgress progress;
  private final AuditTrail audit;

  @Inject
  public ListWork(DataSource dataSource, ListProgress progress, AuditTrail audit) {
    this.dataSource = dataSource;
    this.sql = new Sql(dataSource);
    this.checks = new Checks(sql);
    this.progress = progress;
    this.audit = audit;
  }

  /** For the proxies of CDI. */
  protected ListWork() {
    this(null, null, null);
  }

  /**
   * Stages the lines of a file; false if the file is refused. Commits in pieces.
   *
   * @throws GivenUpException if its owner does not want it any more; from the other steps too
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public boolean stage(ListId list, Path file) throws IOException {
    Staging staging = new Staging(dataSource, list);
    try {
      Reader reader = new Reader(list, staging);
      ListFile.read(file, reader);
      if (staging.lines() == 0) {
        throw new RefusedFile(Problem.EMPTY, 0, "");
      }
      staging.flush();
      progress.at(list, READ);
      sql.update(
          DOING,
          "update meter_list set lines = ?, errors = ?, touched_at = now() where id = ?",
          staging.lines(),
          staging.unstored(),
          list.value());
      return true;
    } catch (RefusedFile e) {
      refuse(list, e);
      return false;
    }
  }

  /** What was staged of a list that nobody wants any more. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void forget(ListId list) {
    sql.update(DOING, "delete from meter_list_line where list_id = ?", list.value());
    sql.update(DOING, "delete from meter_list_error where list_id = ?", list.value());
  }

  private void refuse(ListId list, RefusedFile e) {
    sql.update(DOING, "delete from meter_list_line where list_id = ?", list.value());
    sql.update(DOING, "delete from meter_list_error where list_id = ?", list.value());
    boolean column = e.problem() == Problem.COLUMN_MISSING;
    sql.update(
        DOING,
        "insert into meter_list_error values (?, ?, ?, ?, ?)",
        list.value(),
        e.line(),
        column ? e.value() : "",
        e.problem().name(),
        column ? "" : e.value());
    sql.update(
        DOING,
        """
        update meter_list set state = 'REFUSED', lines = 0, errors = 1, touched_at = now()
        where id = ? and state = 'READING'
        """,
        list.value());
  }

  /** Checks what is staged, and tries what the good lines do: then takes it back. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void check(ListId list, Scope scope) {
    joinByHashing(list);
    checks.resolve(list, scope);
    checks.run(list);
    progress.at(list, READ + 10);
    sql.update(DOING, "savepoint tried");
    Application trial =
        new Application(
            sql, checks, part -> progress.at(list, READ + 10 + part * (TRIED - READ - 10) / 100));
    Map<Count, Integer> counts = trial.run(list, scope);
    sql.update(DOING, "rollback to savepoint tried");
    finish(list, "CHECKED", counts);
  }

  /**
   * Checks again what is staged, as the registry is now, and applies the good lines.
   *
   * @throws IllegalStateException if what was staged is gone: after a crash of the database nothing
   *     is, which would look like a list without lines
   */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public boolean apply(Caller caller, ListId list, boolean leaveOutBad) {
    Scope scope = caller.scope();
    if (!complete(list)) {
      throw new IllegalStateException("what was read of list " + list.value() + " is gone");
    }
    joinByHashing(list);
    checks.resolve(list, scope);
    int bad = bad(list);
    checks.run(list);
    if (bad(list) > bad && !leaveOutBad) {
      // Somebody changed the registry meanwhile; what was promised is not so any more.
      finish(list, "CHECKED", Map.of());
      return false;
    }
    Map<Count, Integer> counts =
        new Application(sql, checks, part -> progress.at(list, part)).run(list, scope);
    finish(list, "APPLIED", counts);
    Map<String, String> done = new TreeMap<>();
    counts.forEach((count, number) -> done.put(count.name(), number.toString()));
    audit.note(caller, AuditAction.LIST_APPLIED, fileName(list), Map.of(), done);
    sql.update(DOING, "delete from meter_list_line where list_id = ?", list.value());
    return true;
  }

  /**
   * Tables that fill within the transaction look empty to the planner; a nested loop over one that
   * has 100,000 rows by then takes hours.
   */
  private void joinByHashing(ListId list) {
    sql.list(
        DOING,
        row -> true,
        """
        select set_config('enable_nestloop', 'off', true) from meter_list
        where id = ? and lines >= ?
        """,
        list.value(),
        MANY_LINES);
  }

  private boolean complete(ListId list) {
    String staged =
        """
        select t.lines = (select count(*) from meter_list_line l where l.list_id = t.id)
        from meter_list t where t.id = ?
        """;
    return sql.list(DOING, row -> row.getBoolean(1), staged, list.value()).get(0);
  }

  private String fileName(ListId list) {
    String of = "select file_name from meter_list where id = ?";
    return sql.list(DOING, row -> row.getString(1), of, list.value()).get(0);
  }

  private int bad(ListId list) {
    return sql.list(
            DOING,
            row -> row.getInt(1),
            "select count(*) from meter_list_line where list_id = ? and bad",
            list.value())
        .get(0);
  }

  private void finish(ListId list, String state, Map<Count, Integer> counts) {
    JsonObjectBuilder json = Json.createObjectBuilder();
    counts.forEach((count, number) -> json.add(count.name(), number));
    // Whoever gives it up later is too late; who did before, is heard here at the latest.
    int wanted =
        sql.update(
            DOING,
            """
        update meter_list t set state = ?, counts = ?::jsonb, progress = 100, touched_at = now(),
          bad_lines = (select count(*) from meter_list_line l where l.list_id = t.id and l.bad),
          errors = greatest(t.errors - (case when t.state = 'READING' then 0 else t.errors end), 0)
            + (select count(*) from meter_list_error e where e.list_id = t.id)
        where t.id = ? and t.state in ('READING', 'APPLYING')
        """,
            state,
            json.build().toString(),
            list.value());
    if (wanted == 0) {
      throw new GivenUpException();
    }
  }

  /** The first line that is not blank is the header. */
  private final class Reader implements ListFile.Taker {

    private final ListId list;
    private final Staging staging;
    private LineParser parser;

    Reader(ListId list, Staging staging) {
      this.list = list;
      this.staging = staging;
    }

    @Override
    public void take(RawLine line) throws RefusedFile {
      if (line.blank()) {
        return;
      }
      if (parser == null) {
        parser = new LineParser(line, this::error);
        return;
      }
      if (staging.lines() == Lists.MAX_LINES) {
        throw new RefusedFile(Problem.TOO_MANY_LINES, line.number(), "");
      }
      staging.line(parser.parse(line));
      if (staging.lines() % LINES_BETWEEN_NEWS == 0) {
        progress.at(list, Math.min(READ, staging.lines() * READ / Lists.MAX_LINES + 1));
      }
    }

    private void error(ListError error) {
      staging.error(error);
    }
  }
}
