package org.kvantenergo.view.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Sql;
import org.kvantenergo.view.Look;
import org.kvantenergo.view.Ready;
import org.kvantenergo.view.SavedView;
import org.kvantenergo.view.Shelf;
import org.kvantenergo.view.ViewId;
import org.kvantenergo.view.ViewRefusedException;
import org.kvantenergo.view.ViewRefusedException.Reason;
import org.kvantenergo.view.Views;

/** Views as rows. All changes of a person's views wait for each other. */
@ApplicationScoped
public class SqlViews implements Views {

  private static final String DOING = "changing a view";
  private static final String LOOKING = "looking up views";
  private static final int LONGEST_TEXT = 4000;
  private static final int LONGEST_SORTING = 400;
  private static final int LONGEST_DENSITY = 20;

  private static final String VIEW =
      """
      select v.*, a.name as owner, v.account_id = ? as own
      from table_view v join account a on a.id = v.account_id
      """;

  private static final String OWN = VIEW + "where v.account_id = ? order by lower(v.name), v.id";

  private static final String SEEN =
      VIEW
          + """
          where v.id = ? and (v.account_id = ? or v.shared
            and a.organisation_id = (select organisation_id from account where id = ?))
          """;

  private static final String SAVE =
      """
      update table_view set columns = ?, density = ?, sorting = ?, group_ids = ?, filter = ?,
        changed_at = now()
      where id = ? and account_id = ?
      """;

  private static final String ADD =
      """
      insert into table_view (account_id, name, columns, density, sorting, group_ids, filter)
      values (?, ?, ?, ?, ?, ?, ?) returning id
      """;

  private static final String KEEP =
      """
      insert into table_choice (account_id, columns, density, sorting) values (?, ?, ?, ?)
      on conflict (account_id) do update
      set columns = excluded.columns, density = excluded.density, sorting = excluded.sorting
      """;

  private static final String START =
      """
      insert into table_choice (account_id, view_id, ready) values (?, ?::bigint, ?)
      on conflict (account_id) do update set view_id = excluded.view_id, ready = excluded.ready
      """;

  private final Sql sql;

  @Inject
  public SqlViews(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected SqlViews() {
    this(null);
  }

  @Override
  public Shelf shelf(Caller caller) {
    long me = me(caller);
    List<SavedView> views = sql.list(LOOKING, SqlViews::view, OWN, me, me);
    return sql.first(
            LOOKING,
            row -> shelf(row, views),
            "select * from table_choice where account_id = ?",
            me)
        .orElse(new Shelf(views, null, Ready.LAST, null));
  }

  @Override
  public Optional<SavedView> find(Caller caller, ViewId view) {
    long me = me(caller);
    return sql.first(LOOKING, SqlViews::view, SEEN, me, view.value(), me, me);
  }

  @Override
  @Transactional
  public ViewId add(Caller caller, String name, Look look) {
    long me = me(caller);
    String named = named(name);
    check(look);
    lock(me);
    free(me, named, 0);
    if (sql.list(LOOKING, row -> 1, "select from table_view where account_id = ?", me).size()
        >= MOST) {
      throw new ViewRefusedException(Reason.MANY);
    }
    return sql.list(
            DOING,
            row -> new ViewId(row.getLong(1)),
            ADD,
            me,
            named,
            look.columns(),
            look.density(),
            look.sorting(),
            look.groups(),
            look.filter())
        .get(0);
  }

  @Override
  @Transactional
  public void save(Caller caller, ViewId view, Look look) {
    long me = me(caller);
    check(look);
    done(
        sql.update(
            DOING,
            SAVE,
            look.columns(),
            look.density(),
            look.sorting(),
            look.groups(),
            look.filter(),
            view.value(),
            me));
  }

  @Override
  @Transactional
  public void change(Caller caller, ViewId view, String name, boolean shared) {
    long me = me(caller);
    String named = named(name);
    lock(me);
    own(me, view);
    free(me, named, view.value());
    sql.update(
        DOING,
        "update table_view set name = ?, shared = ?, changed_at = now() where id = ?",
        named,
        shared,
        view.value());
  }

  @Override
  @Transactional
  public void remove(Caller caller, ViewId view) {
    long me = me(caller);
    done(
        sql.update(
            DOING, "delete from table_view where id = ? and account_id = ?", view.value(), me));
  }

  @Override
  @Transactional
  public void startWith(Caller caller, ViewId view) {
    long me = me(caller);
    lock(me);
    own(me, view);
    sql.update(DOING, START, me, view.value(), Ready.LAST.name());
  }

  @Override
  @Transactional
  public void startWithReady(Caller caller, Ready ready) {
    sql.update(DOING, START, me(caller), null, ready.name());
  }

  @Override
  @Transactional
  public void keep(Caller caller, Look look) {
    long me = me(caller);
    check(look);
    sql.update(DOING, KEEP, me, look.columns(), look.density(), look.sorting());
  }

  /** Whoever may not see the table has no use for views of it. */
  private static long me(Caller caller) {
    caller.require(Permission.READ_DEVICES);
    return caller.accountId();
  }

  private void lock(long me) {
    sql.list(DOING, row -> true, "select from account where id = ? for no key update", me);
  }

  private void own(long me, ViewId view) {
    if (!sql.any(
        LOOKING,
        "select from table_view where id = ? and account_id = ? for update",
        view.value(),
        me)) {
      throw new ViewRefusedException(Reason.UNKNOWN);
    }
  }

  private void free(long me, String name, long but) {
    if (sql.any(
        LOOKING,
        "select from table_view where account_id = ? and name = ? and id <> ?",
        me,
        name,
        but)) {
      throw new ViewRefusedException(Reason.EXISTS);
    }
  }

  private static void done(int rows) {
    if (rows == 0) {
      throw new ViewRefusedException(Reason.UNKNOWN);
    }
  }

  private static String named(String typed) {
    String name = typed.strip();
    if (name.isEmpty() || name.length() > LONGEST || name.indexOf('\0') >= 0) {
      throw new ViewRefusedException(Reason.VALUE);
    }
    return name;
  }

  private static void check(Look look) {
    check(look.columns(), LONGEST_TEXT);
    check(look.density(), LONGEST_DENSITY);
    check(look.sorting(), LONGEST_SORTING);
    check(look.groups(), LONGEST_TEXT);
    check(look.filter(), LONGEST_TEXT);
  }

  private static void check(String text, int longest) {
    if (text.length() > longest || text.indexOf('\0') >= 0) {
      throw new ViewRefusedException(Reason.VALUE);
    }
  }

  private static Shelf shelf(ResultSet row, List<SavedView> views) throws SQLException {
    long start = row.getLong("view_id");
    String columns = row.getString("columns");
    return new Shelf(
        views,
        start == 0 ? null : new ViewId(start),
        Ready.valueOf(row.getString("ready")),
        columns == null
            ? null
            : new Look(columns, row.getString("density"), row.getString("sorting"), "", ""));
  }

  private static SavedView view(ResultSet row) throws SQLException {
    return new SavedView(
        new ViewId(row.getLong("id")),
        row.getString("name"),
        row.getBoolean("shared"),
        row.getBoolean("own"),
        row.getString("owner"),
        new Look(
            row.getString("columns"),
            row.getString("density"),
            row.getString("sorting"),
            row.getString("group_ids"),
            row.getString("filter")));
  }
}
