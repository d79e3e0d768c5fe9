package org.kvantenergo.ingest;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.kvantenergo.account.FreshPassword;
import org.kvantenergo.account.PasswordFault;
import org.kvantenergo.account.TechnologicalMode;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.command.CommandDesk.Proof;
import org.kvantenergo.command.CommandOrder;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.Selection;
import org.kvantenergo.command.Sending;
import org.kvantenergo.command.internal.CampaignSteps;
import org.kvantenergo.command.internal.CommandEnds;
import org.kvantenergo.command.internal.SendingGuard;
import org.kvantenergo.command.internal.SqlCampaigns;
import org.kvantenergo.command.internal.SqlCommandDesk;
import org.kvantenergo.command.internal.SqlCommandPages;
import org.kvantenergo.device.internal.SqlDeviceSets;
import org.kvantenergo.reading.internal.SqlDeviceOutlook;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.DueCommand;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/** People who send commands and devices that take them, on the ingest's rig. */
final class CommandWorld {

  /** Runs the installation. */
  static final long OPERATOR = 1;

  static final long NORTH = 2;
  static final long SOUTH = 3;

  static final String PASSWORD = "long enough";

  private static final long FIRST_SERIAL = 207_900_001_000L;

  final IngestRig rig = new IngestRig();
  final SqlCommandPages pages =
      new SqlCommandPages(
          rig.database.dataSource(),
          new SqlDeviceOutlook(rig.database.dataSource()),
          Clock.systemUTC());
  final CommandEnds ends = new CommandEnds(rig.database.dataSource());
  final CampaignSteps steps =
      new CampaignSteps(rig.database.dataSource(), new SqlDeviceSets(), Clock.systemUTC());
  final SqlCommandDesk desk = desk(50, false);
  final SqlCampaigns campaigns = campaigns(50, false);
  boolean modeOpen = true;
  private int keys;

  CommandWorld() {
    sql(
        """
        insert into organisation (name, runs_installation, kind) values ('Квант', true, 'OPERATOR');
        insert into organisation (name) values ('Север'), ('Юг');
        insert into account (organisation_id, login, name, password_hash)
          values (2, 'north', 'Север', ''), (2, 'second', 'Второй', ''), (3, 'south', 'Юг', '');
        """);
  }

  SqlCommandDesk desk(int confirmAbove, boolean secondPerson) {
    return new SqlCommandDesk(
        rig.database.dataSource(),
        IngestRig.box(),
        new SqlDeviceSets(),
        guard(confirmAbove, secondPerson),
        new SqlAuditTrail(rig.database.dataSource(), Clock.systemUTC()),
        Clock.systemUTC());
  }

  SqlCampaigns campaigns(int confirmAbove, boolean secondPerson) {
    return new SqlCampaigns(
        rig.database.dataSource(),
        IngestRig.box(),
        new SqlDeviceSets(),
        guard(confirmAbove, secondPerson),
        new SqlAuditTrail(rig.database.dataSource(), Clock.systemUTC()),
        Clock.systemUTC());
  }

  private SendingGuard guard(int confirmAbove, boolean secondPerson) {
    return new SendingGuard(new Mode(), password(), confirmAbove, secondPerson);
  }

  private static FreshPassword password() {
    return (caller, typed) -> {
      boolean right = PASSWORD.equals(new String(typed));
      Arrays.fill(typed, '\0');
      return right ? Optional.empty() : Optional.of(PasswordFault.WRONG);
    };
  }

  /** As open as the test says. */
  private final class Mode implements TechnologicalMode {

    @Override
    public State state(Caller caller, String token) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Entry enter(Caller caller, char[] password, String token) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean entered(Caller caller, String token, boolean using) {
      return modeOpen && "token".equals(token);
    }

    @Override
    public void leave(Caller caller, String token) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<PasswordFault> choosePassword(
        Caller caller, char[] signIn, char[] current, char[] fresh) {
      throw new UnsupportedOperationException();
    }
  }

  void sql(String statement) {
    try {
      rig.database.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String value(String query) throws SQLException {
    return rig.database.value(query);
  }

  <T> T tx(Callable<T> work) throws Exception {
    return rig.database.inTransaction(work);
  }

  static Caller caller(long account, String login, long organisation, Permission... without) {
    Set<Permission> permissions = EnumSet.allOf(Permission.class);
    permissions.removeAll(List.of(without));
    return new Caller(
        account,
        login,
        "10.0.0.1",
        new Scope(new OrganisationId(organisation), organisation == OPERATOR),
        permissions);
  }

  static Caller north() {
    return caller(1, "north", NORTH);
  }

  static Caller second() {
    return caller(2, "second", NORTH);
  }

  static Caller south() {
    return caller(3, "south", SOUTH);
  }

  static Proof proof() {
    return new Proof("token", PASSWORD.toCharArray());
  }

  /** An order for some devices that lives an hour, with a key of its own. */
  CommandOrder order(CommandText command, DeviceId... devices) {
    return new CommandOrder(
        new Selection.Ids(List.of(devices)),
        command,
        null,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(1)),
        3,
        0,
        false,
        "key " + ++keys);
  }

  static CommandOrder task(CommandOrder order) {
    return new CommandOrder(
        order.devices(),
        order.command(),
        order.access(),
        order.expiresAt(),
        order.attempts(),
        order.priority(),
        true,
        order.key());
  }

  Sending send(CommandOrder order) throws Exception {
    return tx(() -> desk.send(north(), order, proof()));
  }

  /** Registered by an organisation; it has not reported. */
  DeviceId register(long organisation, String kind, int number) throws SQLException {
    return new DeviceId(
        Long.parseLong(
            value(
                "insert into device (organisation_id, kind, state, imei, serial, model) values (%d, '%s', 'REGISTERED', %d, %d, 642) returning id"
                    .formatted(
                        organisation,
                        kind,
                        kind.equals("MODULE") ? imei(number) : 0,
                        serial(number)))));
  }

  static long serial(int number) {
    return FIRST_SERIAL + number;
  }

  static long imei(int number) {
    return 868_333_030_960_000L + number;
  }

  /** A module of the north that has reported, and its session. */
  Peer module(int number) throws Exception {
    DeviceId device = register(NORTH, "MODULE", number);
    Peer module = new Peer(device, number);
    module.open();
    return module;
  }

  /** A device as the server sees it. Used by one thread. */
  final class Peer {

    final DeviceId device;
    private final SessionRequest request;
    private final long block;
    Session session;
    private long record;
    // Came with the last answer, as a command does, and was not written yet.
    private long pending;

    private Peer(DeviceId device, int number) {
      this(device, Fleet.module(imei(number), serial(number)), 0);
    }

    private Peer(DeviceId device, SessionRequest request, long block) {
      this.device = device;
      this.request = request;
      this.block = block;
    }

    /** A telemetry block that this base station relays for. */
    Peer relaying(int number) throws Exception {
      DeviceId own = register(NORTH, "BLOCK", number);
      Peer relayed = new Peer(own, request, serial(number));
      relayed.session = session;
      return relayed;
    }

    /** A new session, which takes over from the one before. */
    Peer open() throws Exception {
      pending = 0;
      session = new Session(request, rig.admit(request).get(0));
      rig.store(new Delivery.OfStart(session, Instant.now()));
      return this;
    }

    void end() throws Exception {
      rig.store(new Delivery.OfEnd(session, Instant.now(), org.kvantenergo.wire.EndReason.BYE, 3));
    }

    /** The command that an answer brings, noted as written; 0 if there is none. */
    long take() throws Exception {
      long id = lease();
      if (id != 0) {
        rig.store(new Delivery.OfCommandSent(session, block, Instant.now(), id));
      }
      return id;
    }

    /** The same, but nobody notes that it was written, as when the server is killed. */
    long lease() throws Exception {
      if (pending == 0) {
        ask();
      }
      long id = pending;
      pending = 0;
      return id;
    }

    private void ask() throws Exception {
      store(
          block == 0
              ? new Delivery.OfPing(session, Instant.now())
              : record(Instant.now().minusSeconds(600), 0));
    }

    Reply.Kind answer(long id, int code) throws Exception {
      return store(result(id, code));
    }

    Delivery result(long id, int code) {
      return new Delivery.OfResult(session, block, Instant.now(), new CommandResult(id, code));
    }

    Delivery info(int day, int hour, int period, int retries) {
      return info(new Info(day, hour, period, -70, 0, retries, "", "", ""));
    }

    Delivery info(Info info) {
      return new Delivery.OfInfo(session, block, Instant.now(), info);
    }

    /** A record that was made at a moment. */
    Delivery record(Instant at, int status) {
      return new Delivery.OfReadings(
          session, block, Instant.now(), new Readings(List.of(reading(at, status))));
    }

    private Reading reading(Instant at, int status) {
      return new Reading(
          ++record,
          at.getEpochSecond(),
          at.getEpochSecond(),
          1.5,
          1f,
          20f,
          3.6f,
          0,
          0,
          0,
          0,
          0,
          status,
          -70,
          1,
          60,
          record,
          1);
    }

    Reply.Kind store(Delivery delivery) throws Exception {
      List<Reply> replies = rig.store(delivery);
      pending =
          replies.stream()
              .map(Reply::commands)
              .flatMap(List::stream)
              .filter(c -> c.block() == block)
              .map(DueCommand::command)
              .mapToLong(c -> c.commandId())
              .findFirst()
              .orElse(pending);
      return replies.get(0).kind();
    }
  }

  /** A base station of the north, in a session. */
  Peer station(int number) throws Exception {
    DeviceId device = register(NORTH, "BASE_STATION", number);
    Peer station = new Peer(device, Fleet.request(DeviceKind.BASE_STATION, 0, serial(number)), 0);
    return station.open();
  }

  /** States of all commands by id, each with its reason if it has one. */
  String states() throws SQLException {
    return value(
        "select coalesce(string_agg(concat_ws('/', state, reason), ' ' order by id), '') from command");
  }

  /** The history of a command, in order. */
  String story(long id) throws SQLException {
    return value(
        "select string_agg(concat_ws('/', state, attempt, reason), ' ' order by id) from command_event where command_id = "
            + id);
  }
}
