package org.kvantenergo.it.dialogue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.kvantenergo.command.CommandQueue;
import org.kvantenergo.command.internal.SqlCommands;
import org.kvantenergo.device.internal.SqlDeviceKeys;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.simulator.dialogue.Surroundings;
import org.kvantenergo.wire.command.DeviceCommand;

/**
 * What scripts ask of the server under test: devices by SQL, keys and commands by the application's
 * own classes over the same database. Any thread.
 */
final class DeployedServer implements Surroundings {

  private static final long FIRST_IMEI = 869_000_000_000_000L;
  private static final long FIRST_SERIAL = 290_000_000_000L;
  private static final int MODEL = 642;
  private static final int CONNECTIONS = 8;
  private static final int ATTEMPTS = 10;

  private static final String REGISTER =
      """
      insert into device (organisation_id, kind, state, imei, serial, model)
      select min(id), ?, ?, ?, ?, ? from organisation
      returning id
      """;

  private final KvantInstance kvant;
  private final DataSource dataSource;
  private final SqlDeviceKeys keys;
  private final SqlCommands commands;
  private final Limits limits;
  private final AtomicLong last = new AtomicLong();
  private final Semaphore connections = new Semaphore(CONNECTIONS);
  private Fault fault = Fault.NONE;

  DeployedServer(KvantInstance kvant, byte[] masterKey, Limits limits) {
    this.kvant = kvant;
    this.dataSource = kvant.dataSource();
    this.limits = limits;
    SecretBox box = new SecretBox();
    box.use(masterKey);
    this.keys = new SqlDeviceKeys(dataSource, box);
    this.commands = new SqlCommands(dataSource, box);
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public Identity device(Kind kind, Standing standing) {
    long number = last.incrementAndGet();
    long imei = kind == Kind.MODULE ? FIRST_IMEI + number : 0;
    long serial = FIRST_SERIAL + number;
    return standing == Standing.UNKNOWN
        ? new Identity(0, imei, serial)
        : new Identity(register(kind, standing, imei, serial), imei, serial);
  }

  private long register(Kind kind, Standing standing, long imei, long serial) {
    return asking(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(REGISTER)) {
            insert.setString(1, kind == Kind.STATION ? "BASE_STATION" : kind.name());
            insert.setString(2, standing.name());
            insert.setLong(3, imei);
            insert.setLong(4, serial);
            insert.setInt(5, MODEL);
            try (ResultSet row = insert.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          }
        });
  }

  @Override
  public void key(Identity device, byte[] key) {
    keys.set(new DeviceId(device.id()), key);
  }

  @Override
  public long command(Identity device, String command, List<String> arguments) {
    return commands.enqueue(
        new CommandQueue.Order(
            new DeviceId(device.id()),
            command(command, arguments),
            "dialogue",
            Instant.now().plus(1, ChronoUnit.DAYS),
            ATTEMPTS));
  }

  private static DeviceCommand command(String name, List<String> arguments) {
    return switch (name) {
      case "schedule" ->
          new DeviceCommand.SetSchedule(
              Integer.parseInt(arguments.get(0)),
              Integer.parseInt(arguments.get(1)),
              Integer.parseInt(arguments.get(2)));
      case "metrological" -> new DeviceCommand.MetrologicalMode();
      case "technological" -> new DeviceCommand.TechnologicalMode();
      case "retries" -> new DeviceCommand.SetRetries(Integer.parseInt(arguments.get(0)));
      case "apn" -> new DeviceCommand.SetApn(arguments.get(0), arguments.get(1), arguments.get(2));
      case "archive" ->
          new DeviceCommand.SendArchive(
              Long.parseLong(arguments.get(0)), Long.parseLong(arguments.get(1)));
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Override
  public String query(String sql) {
    return asking(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? columns(row) : "none";
          }
        });
  }

  private static String columns(ResultSet row) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
      columns.add(String.valueOf(row.getString(i)));
    }
    return String.join("|", columns);
  }

  @Override
  public synchronized void storage(Fault next) {
    try {
      if (fault == Fault.RECORDS) {
        execute("alter table reading_away rename to reading");
      } else if (fault == Fault.ALL) {
        kvant.startDatabase();
      }
      fault = Fault.NONE;
      if (next == Fault.RECORDS) {
        execute("alter table reading rename to reading_away");
      } else if (next == Fault.ALL) {
        kvant.stopDatabase(KvantInstance.DatabaseEnd.IMMEDIATE);
      }
      fault = next;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql) {
    asking(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  /** Something asked of the database. */
  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /** PostgreSQL has a hundred connections for all; the server under test needs most. */
  private <T> T asking(Question<T> question) {
    connections.acquireUninterruptibly();
    try (Connection connection = dataSource.getConnection()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } finally {
      connections.release();
    }
  }
}
