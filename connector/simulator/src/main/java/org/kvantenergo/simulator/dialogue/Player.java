package org.kvantenergo.simulator.dialogue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Plays one script, once. Used by one thread. */
public final class Player {

  private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Target target;
  private final Surroundings surroundings;
  private final Consumer<String> log;
  private final Stage stage;
  private final Speaker speaker;
  private final Listener listener;
  private final Map<String, Connection> connections = new HashMap<>();

  /**
   * Prepares.
   *
   * @param log told of every statement, of everything that is sent and of everything that comes
   */
  public Player(Target target, Surroundings surroundings, Clock clock, Consumer<String> log) {
    this.target = target;
    this.surroundings = surroundings;
    this.log = log;
    this.stage = new Stage(clock.instant().getEpochSecond(), surroundings.limits());
    this.speaker = new Speaker(stage, log);
    this.listener = new Listener(stage, target.patience(), log);
  }

  /**
   * Plays the script to its end.
   *
   * @throws ScriptException naming the line that went otherwise, what it expected and what came
   */
  public void play(Script script) {
    try {
      for (Script.Line line : script.lines()) {
        log.accept(line.text());
        try {
          step(line.step());
        } catch (ScriptException e) {
          throw e.at(script.file(), line.number(), line.text());
        }
      }
    } finally {
      connections.values().forEach(Connection::close);
    }
  }

  private void step(Step step) {
    if (step instanceof Step.Connect connect) {
      Connection connection = target.connect(connect.door(), connect.tls());
      Connection old = connections.put(connect.connection(), connection);
      if (old != null) {
        old.close();
      }
    } else if (step instanceof Step.Disconnect end) {
      disconnect(end);
    } else if (step instanceof Step.Send send) {
      speaker.send(connection(send.connection()), send.message());
    } else if (step instanceof Step.SendHex hex) {
      speaker.send(connection(hex.connection()), hex);
    } else if (step instanceof Step.SendAgain again) {
      speaker.again(connection(again.connection()), again.name());
    } else if (step instanceof Step.SendRest rest) {
      speaker.rest(connection(rest.connection()));
    } else if (step instanceof Step.Expect expect) {
      listener.expect(connection(expect.connection()), expect.message());
    } else if (step instanceof Step.ExpectHex expect) {
      listener.expectHex(connection(expect.connection()), expect.hex());
    } else if (step instanceof Step.ExpectClosed closed) {
      listener.expectClosed(
          connection(closed.connection()), Times.duration(stage.fill(closed.after())));
    } else if (step instanceof Step.ExpectQuiet quiet) {
      listener.expectQuiet(
          connection(quiet.connection()), Times.duration(stage.fill(quiet.lasting())));
    } else {
      aside(step);
    }
  }

  private void aside(Step step) {
    if (step instanceof Step.GivenDevice given) {
      stage.device(
          given.name(),
          new Device(
              given.kind(),
              surroundings.device(given.kind(), given.standing()),
              surroundings::counter));
    } else if (step instanceof Step.GivenKey given) {
      key(given);
    } else if (step instanceof Step.GivenCommand given) {
      command(given);
    } else if (step instanceof Step.Database question) {
      ask(question);
    } else if (step instanceof Step.Storage storage) {
      surroundings.storage(storage.fault());
    }
  }

  private void disconnect(Step.Disconnect end) {
    Connection connection = connection(end.connection());
    if (end.reset()) {
      connection.reset();
    } else {
      connection.close();
    }
    connections.remove(end.connection());
  }

  private Connection connection(String name) {
    Connection connection = connections.get(name);
    if (connection == null) {
      throw new ScriptException("it is not connected");
    }
    return connection;
  }

  private void key(Step.GivenKey given) {
    Device device = stage.device(given.device());
    byte[] key = given.key().isEmpty() ? Device.random(RawFrame.KEY) : FieldType.bytes(given.key());
    if (given.server()) {
      surroundings.key(device.identity(), key);
    }
    device.key(key);
  }

  private void command(Step.GivenCommand given) {
    Message command = given.command();
    List<String> arguments = new ArrayList<>();
    for (Form.Field field : command.arguments().fields()) {
      String value = stage.fill(command.values().getOrDefault(field.name(), field.usual()));
      arguments.add(
          field.type() == FieldType.TIME
              ? Long.toString(Times.seconds(value, stage.now()))
              : value);
    }
    Surroundings.Identity identity = stage.device(given.device()).identity();
    for (int i = 0; i < given.times(); i++) {
      long id = surroundings.command(identity, command.arguments().name(), arguments);
      stage.set(given.name(), Long.toString(id));
    }
  }

  private void ask(Step.Database question) {
    String sql = stage.fill(question.sql());
    String expected = stage.fill(question.expected());
    long end = System.nanoTime() + question.within().toNanos();
    String came = surroundings.query(sql);
    while (!came.equals(expected) && System.nanoTime() < end) {
      // A database tells nobody that it changed.
      LockSupport.parkNanos(ASK_AGAIN_NANOS);
      came = surroundings.query(sql);
    }
    if (!came.equals(expected)) {
      throw new ScriptException("the database says %s, not %s".formatted(came, expected));
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
