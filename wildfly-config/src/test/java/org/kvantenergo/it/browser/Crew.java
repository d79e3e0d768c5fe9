package org.kvantenergo.it.browser;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.Talk;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketEncoder;

/**
 * An organisation with a few modules that do as they are told, or do not, and two people of it;
 * closed, its modules are nobody's.
 *
 * @param person who sends commands
 * @param colleague of the same organisation
 */
record Crew(Person person, Person colleague) implements AutoCloseable {

  static final long ID = 880_000_000L;
  static final int MODULES = 6;

  private static final int NUMBERS = 992_000;
  private static final int ANSWERS = 3;

  static Crew open(KvantInstance kvant) throws Exception {
    Permission[] rights = {
      Permission.READ_DEVICES,
      Permission.TECHNOLOGICAL_MODE,
      Permission.SEND_COMMANDS,
      Permission.SEND_IN_BULK
    };
    Person person = Person.make(kvant, "crew", rights);
    Person colleague = Person.make(kvant, "crew-2", rights);
    person.run(
        """
        insert into organisation (id, name, parent_id) overriding system value
        select 880000000, 'Командный водоканал', id from organisation where runs_installation
        """);
    for (Person each : List.of(person, colleague)) {
      each.run("update account set organisation_id = 880000000 where login = ?", each.login());
      each.role("organisation_id = 880000000, without_second_password = true");
    }
    person.run(
        """
        insert into device (id, organisation_id, kind, state, imei, serial, model)
        overriding system value
        select 880000000 + n, 880000000, 'MODULE', 'REGISTERED', 861000000992000 + n,
          310000992000 + n, 1
        from generate_series(1, 6) n
        """);
    Crew crew = new Crew(person, colleague);
    for (int module = 1; module <= MODULES; module++) {
      try (Sitting sitting = crew.sitting(module)) {
        sitting.nothing();
      }
    }
    return crew;
  }

  /** The ids of modules, from one to another. */
  static Long[] modules(int from, int to) {
    return LongStream.rangeClosed(from, to).mapToObj(n -> ID + n).toArray(Long[]::new);
  }

  /** A module comes. */
  Sitting sitting(int module) throws Exception {
    return new Sitting(person.kvant(), ModuleIdentity.unknown(NUMBERS + module));
  }

  /** A session of a module: what it says by itself is acknowledged. Used by one thread. */
  static final class Sitting implements AutoCloseable {

    private final Talk talk;
    private final List<Ack> acknowledged = new ArrayList<>();
    private Command command;
    private int seq = ANSWERS;

    private Sitting(KvantInstance kvant, ModuleIdentity module) throws Exception {
      talk = new Talk(kvant.modulePort());
      long now = Instant.now().getEpochSecond();
      talk.sendAtOnce(Talk.session(module, Talk.slice(now % 100_000, now, 1.5)));
      hear(ANSWERS);
    }

    /** Until so many answers have come, and the command that the last one promises. */
    private void hear(int count) throws Exception {
      int heard = 0;
      while (heard < count || promised()) {
        Packet.Downlink packet = talk.answer().packet();
        if (packet instanceof Command told) {
          command = told;
        } else {
          heard++;
          if (packet instanceof Ack ack) {
            acknowledged.add(ack);
          }
        }
      }
    }

    private boolean promised() {
      return command == null && !acknowledged.isEmpty() && last().pendingCommands() > 0;
    }

    private Ack last() {
      return acknowledged.get(acknowledged.size() - 1);
    }

    /** Nothing was sent, and nothing waits. */
    void nothing() {
      if (command != null || last().pendingCommands() > 0) {
        throw new AssertionError("a command came");
      }
    }

    /** The command that came is answered. */
    void answer(int result) throws Exception {
      if (command == null) {
        throw new AssertionError("no command came");
      }
      CommandResult answer = new CommandResult(command.commandId(), result);
      command = null;
      say(answer);
    }

    /** What is in force, as a module says it behind the answer. */
    void info(int retries) throws Exception {
      say(new Info(1, 0, 60, -75, 0, retries, "internet", "", ""));
    }

    private void say(Packet packet) throws Exception {
      seq++;
      talk.sendAtOnce(FrameEncoder.encode(packet.type(), seq, PacketEncoder.payload(packet)));
      hear(1);
    }

    /** Does as it is told. */
    void obey() throws Exception {
      answer(0);
      info(7);
    }

    @Override
    public void close() throws IOException {
      talk.close();
    }
  }

  @Override
  public void close() throws SQLException {
    person.run(
        "update device set organisation_id = null, state = 'UNREGISTERED'"
            + " where organisation_id = 880000000");
  }
}
