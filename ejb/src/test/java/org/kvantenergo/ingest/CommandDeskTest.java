package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kvantenergo.command.Fate.AFTER_SENT;
import static org.kvantenergo.command.Fate.BLOCKED;
import static org.kvantenergo.command.Fate.LOCKED;
import static org.kvantenergo.command.Fate.NEVER_REPORTED;
import static org.kvantenergo.command.Fate.NO_SUCH_COMMAND;
import static org.kvantenergo.command.Fate.QUEUED;
import static org.kvantenergo.command.Fate.REPLACES;
import static org.kvantenergo.command.Fate.UNKNOWN;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.kvantenergo.command.CommandDesk;
import org.kvantenergo.command.CommandId;
import org.kvantenergo.command.CommandOrder;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderCheck;
import org.kvantenergo.command.OrderFault;
import org.kvantenergo.command.Selection;
import org.kvantenergo.command.Sending;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.ingest.CommandWorld.Peer;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.NotPermittedException;
import org.kvantenergo.shared.Permission;

/** What an order comes to before and when it is sent, and who may send it. */
class CommandDeskTest {

  private static final CommandText RETRIES = CommandText.retries(5);

  private final CommandWorld world = new CommandWorld();

  private OrderCheck check(Caller caller, CommandOrder order) throws Exception {
    return world.tx(() -> world.desk.check(caller, order));
  }

  private Sending send(Caller caller, CommandOrder order) throws Exception {
    return world.tx(() -> world.desk.send(caller, order, CommandWorld.proof()));
  }

  private CommandOrder of(CommandOrder order, Selection devices) {
    return new CommandOrder(
        devices,
        order.command(),
        order.access(),
        order.expiresAt(),
        order.attempts(),
        order.priority(),
        order.composite(),
        order.key());
  }

  private static String said(Sending sending) {
    if (sending instanceof Sending.Refused refused) {
      return refused.faults().stream().map(f -> f.field() + " " + f.problem()).toList().toString();
    }
    return sending instanceof Sending.Queued queued
        ? "queued " + queued.counts().get(QUEUED) + (queued.again() ? " again" : "")
        : "proposed";
  }

  private long queued() throws Exception {
    return Long.parseLong(world.value("select count(*) from command"));
  }

  @Test
  void eachDeviceHasItsFate() throws Exception {
    DeviceId plain = world.module(1).device;
    Peer older = world.module(2);
    Peer out = world.module(3);
    Peer locked = world.module(4);
    locked.store(locked.record(Instant.now(), 1));
    Peer open = world.module(5);
    open.store(open.record(Instant.now(), 1 | 1 << 14));
    DeviceId blocked = world.module(6).device;
    DeviceId silent = world.register(CommandWorld.NORTH, "MODULE", 7);
    DeviceId foreign = world.register(CommandWorld.SOUTH, "MODULE", 8);
    world.send(world.order(RETRIES, older.device, out.device));
    out.take();
    world.sql("update device set state = 'BLOCKED' where id = " + blocked.value());
    CommandOrder order =
        world.order(
            RETRIES,
            plain,
            plain,
            older.device,
            out.device,
            locked.device,
            open.device,
            blocked,
            silent,
            foreign,
            new DeviceId(4711));
    OrderCheck check = check(CommandWorld.north(), order);
    assertThat(check.faults()).isEmpty();
    assertThat(check.counts())
        .isEqualTo(
            Map.of(
                QUEUED,
                5L,
                REPLACES,
                1L,
                AFTER_SENT,
                1L,
                LOCKED,
                1L,
                BLOCKED,
                1L,
                NEVER_REPORTED,
                1L,
                UNKNOWN,
                2L));
    assertThat(check.samples())
        .filteredOn(s -> s.fate() == UNKNOWN)
        .extracting(OrderCheck.Sample::asked)
        .as("not theirs is as not there")
        .containsExactlyInAnyOrder(Long.toString(foreign.value()), "4711");
    assertThat(check(CommandWorld.north(), CommandWorld.task(order)).count(LOCKED))
        .as("a task opens it")
        .isZero();
    assertThat(queued()).as("a dry run").isEqualTo(2);
    assertThat(said(send(CommandWorld.north(), order))).isEqualTo("queued 5");
    assertThat(world.states())
        .isEqualTo("SUPERSEDED/NEWER LEASED QUEUED QUEUED QUEUED QUEUED QUEUED");
  }

  @Test
  void aBlockHasNoAccessPoint() throws Exception {
    Peer block = world.station(1).relaying(2);
    block.store(block.record(Instant.now(), 1));
    CommandOrder order = world.order(CommandText.apn("water.net"), block.device);
    assertThat(check(CommandWorld.north(), order).counts()).isEqualTo(Map.of(NO_SUCH_COMMAND, 1L));
    assertThat(said(send(CommandWorld.north(), order))).isEqualTo("[DEVICES NONE_LEFT]");
  }

  @Test
  void numbersAndFiltersAreLookedUp() throws Exception {
    world.module(1);
    world.module(2);
    world.register(CommandWorld.SOUTH, "MODULE", 3);
    Selection numbers =
        new Selection.Numbers(
            List.of(
                "000" + CommandWorld.serial(1),
                Long.toString(CommandWorld.imei(2)),
                Long.toString(CommandWorld.imei(1)),
                " ",
                Long.toString(CommandWorld.serial(3))));
    CommandOrder order = world.order(RETRIES);
    assertThat(check(CommandWorld.north(), of(order, numbers)).counts())
        .isEqualTo(Map.of(QUEUED, 2L, UNKNOWN, 1L));
    assertThat(
            said(send(CommandWorld.north(), of(order, new Selection.Matching(DeviceFilter.ALL)))))
        .isEqualTo("queued 2");
    Selection allButOne = new Selection.Matching(DeviceFilter.ALL, List.of(world.module(4).device));
    assertThat(check(CommandWorld.north(), of(order, allButOne)).count(QUEUED)).isEqualTo(2);
  }

  @Test
  void badInputSaysWhereAndQueuesNothing() throws Exception {
    DeviceId device = world.module(1).device;
    Instant now = Instant.now();
    Map<String, CommandOrder> bad = new java.util.LinkedHashMap<>();
    bad.put("[CONTRACT_DAY OUT_OF_RANGE]", world.order(CommandText.schedule(0, 0, 60), device));
    bad.put(
        "[CONTRACT_DAY OUT_OF_RANGE, CONTRACT_HOUR OUT_OF_RANGE]",
        world.order(CommandText.schedule(29, 24, 60), device));
    bad.put("[PERIOD OUT_OF_RANGE]", world.order(CommandText.schedule(1, 0, 0), device));
    bad.put("[RETRIES OUT_OF_RANGE]", world.order(CommandText.retries(11), device));
    bad.put("[APN TOO_LONG]", world.order(CommandText.apn("a".repeat(64)), device));
    bad.put("[APN BAD_CHARACTER]", world.order(CommandText.apn("a\0b"), device));
    bad.put("[TO BACKWARDS]", world.order(CommandText.archive(now, now.minusSeconds(9)), device));
    bad.put("[DEVICES EMPTY]", world.order(RETRIES));
    bad.put("[COMMAND MISSING]", world.order(null, device));
    bad.put(
        "[COMPOSITE NOT_A_SETTING]",
        CommandWorld.task(world.order(CommandText.technological(), device)));
    bad.put(
        "[DEVICES NOT_A_NUMBER]", of(world.order(RETRIES), new Selection.Numbers(List.of("12a"))));
    bad.put(
        "[EXPIRES PAST, ATTEMPTS OUT_OF_RANGE, PRIORITY OUT_OF_RANGE, KEY MISSING]",
        new CommandOrder(
            new Selection.Ids(List.of(device)), RETRIES, null, now, 11, 11, false, " "));
    bad.put(
        "[EXPIRES TOO_FAR]",
        new CommandOrder(
            new Selection.Ids(List.of(device)),
            RETRIES,
            null,
            now.plusSeconds(91L * 86_400),
            1,
            0,
            false,
            "k"));
    for (Map.Entry<String, CommandOrder> row : bad.entrySet()) {
      assertThat(said(send(CommandWorld.north(), row.getValue()))).isEqualTo(row.getKey());
      assertThat(check(CommandWorld.north(), row.getValue()).faults()).isNotEmpty();
    }
    assertThat(queued()).isZero();
    assertThat(world.value("select count(*) from command_request")).isEqualTo("0");
  }

  @Test
  void withoutItsRightsNothingIsQueued() throws Exception {
    DeviceId one = world.module(1).device;
    DeviceId two = world.module(2).device;
    Caller single = CommandWorld.caller(1, "north", CommandWorld.NORTH, Permission.SEND_IN_BULK);
    Caller modeless =
        CommandWorld.caller(1, "north", CommandWorld.NORTH, Permission.TECHNOLOGICAL_MODE);
    Caller none = CommandWorld.caller(1, "north", CommandWorld.NORTH, Permission.SEND_COMMANDS);
    assertThat(said(send(single, world.order(RETRIES, one, two))))
        .isEqualTo("[DEVICES NOT_IN_BULK]");
    assertThat(said(send(modeless, world.order(RETRIES, one)))).isEqualTo("[MODE SHUT]");
    assertThatThrownBy(() -> send(none, world.order(RETRIES, one)))
        .isInstanceOf(NotPermittedException.class);
    world.modeOpen = false;
    assertThat(said(send(CommandWorld.north(), world.order(RETRIES, one))))
        .isEqualTo("[MODE SHUT]");
    world.modeOpen = true;
    assertThat(said(send(CommandWorld.south(), world.order(RETRIES, one))))
        .isEqualTo(said(send(CommandWorld.south(), world.order(RETRIES, new DeviceId(4711)))))
        .isEqualTo("[DEVICES NONE_LEFT]");
    assertThat(queued()).isZero();
    assertThat(world.value("select count(*) from audit where action = 'COMMANDS_REFUSED'"))
        .isEqualTo("5");
    assertThat(said(send(single, world.order(RETRIES, one)))).isEqualTo("queued 1");
    assertThat(world.value("select object || ' ' || after from audit order by id desc limit 1"))
        .contains("request ", "command=RETRIES 5", "QUEUED=1");
  }

  @Test
  void aRepeatedCallQueuesOnce() throws Exception {
    CommandOrder order = world.order(RETRIES, world.module(1).device);
    assertThat(said(send(CommandWorld.north(), order))).isEqualTo("queued 1");
    assertThat(said(send(CommandWorld.north(), order))).isEqualTo("queued 1 again");
    CommandOrder other =
        new CommandOrder(
            order.devices(),
            CommandText.retries(6),
            null,
            order.expiresAt(),
            order.attempts(),
            0,
            false,
            order.key());
    assertThat(said(send(CommandWorld.north(), other))).isEqualTo("[KEY USED]");
    assertThat(said(send(CommandWorld.second(), other)))
        .as("keys are a person's own")
        .isEqualTo("queued 1");
    assertThat(queued()).isEqualTo(2);
  }

  @Test
  void twoCallsAtOnceQueueOnce() throws Exception {
    CommandOrder order = world.order(RETRIES, world.module(1).device);
    CompletableFuture<Sending> second = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                second.complete(send(CommandWorld.north(), order));
              } catch (Exception e) {
                second.completeExceptionally(e);
              }
            });
    Sending first =
        world.tx(
            () -> {
              Sending sent = world.desk.send(CommandWorld.north(), order, CommandWorld.proof());
              thread.start();
              world.rig.database.awaitWaiting();
              return sent;
            });
    assertThat(said(first)).isEqualTo("queued 1");
    assertThat(said(get(second))).isEqualTo("queued 1 again");
    assertThat(queued()).isEqualTo(1);
  }

  private static Sending get(CompletableFuture<Sending> future)
      throws ExecutionException, InterruptedException {
    return future.get();
  }

  @Test
  void manyAndAccessPointsAskForThePassword() throws Exception {
    DeviceId one = world.module(1).device;
    CommandDesk two = world.desk(1, false);
    CommandOrder order = world.order(RETRIES, one, world.module(2).device);
    assertThat(world.tx(() -> two.check(CommandWorld.north(), order)).password()).isTrue();
    assertThat(said(world.tx(() -> two.send(CommandWorld.north(), order, typed("")))))
        .isEqualTo("[PASSWORD NEEDED]");
    assertThat(said(world.tx(() -> two.send(CommandWorld.north(), order, typed("wrong")))))
        .isEqualTo("[PASSWORD WRONG]");
    CommandOrder apn = world.order(CommandText.apn("water.net"), one);
    assertThat(said(world.tx(() -> world.desk.send(CommandWorld.north(), apn, typed("wrong")))))
        .isEqualTo("[PASSWORD WRONG]");
    assertThat(queued()).isZero();
    assertThat(said(world.tx(() -> two.send(CommandWorld.north(), order, CommandWorld.proof()))))
        .isEqualTo("queued 2");
  }

  private static CommandDesk.Proof typed(String password) {
    return new CommandDesk.Proof("token", password.toCharArray());
  }

  @Test
  void aSecondPersonApprovesOrDeclines() throws Exception {
    CommandDesk strict = world.desk(0, true);
    DeviceId device = world.module(1).device;
    CommandOrder order = world.order(RETRIES, device);
    Sending.Proposed proposed =
        (Sending.Proposed) world.tx(() -> strict.send(CommandWorld.north(), order, typed("")));
    assertThat(queued()).isZero();
    assertThat(strict.proposals(CommandWorld.south())).isEmpty();
    assertThat(strict.proposals(CommandWorld.second()))
        .extracting(CommandDesk.Proposal::devices, CommandDesk.Proposal::own)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(1L, false));
    assertThat(said(approve(strict, CommandWorld.north(), proposed))).isEqualTo("[WHOLE OWN]");
    assertThat(said(approve(strict, CommandWorld.south(), proposed))).isEqualTo("[WHOLE UNKNOWN]");
    assertThat(
            said(
                world.tx(
                    () -> strict.approve(CommandWorld.second(), proposed.request(), typed("")))))
        .isEqualTo("[PASSWORD NEEDED]");
    assertThat(said(approve(strict, CommandWorld.second(), proposed))).isEqualTo("queued 1");
    assertThat(said(approve(strict, CommandWorld.second(), proposed))).isEqualTo("[WHOLE UNKNOWN]");
    CommandOrder other = world.order(CommandText.schedule(1, 0, 60), device);
    Sending.Proposed declined =
        (Sending.Proposed) world.tx(() -> strict.send(CommandWorld.north(), other, typed("")));
    assertThat(world.<Boolean>tx(() -> strict.decline(CommandWorld.second(), declined.request())))
        .isTrue();
    assertThat(said(approve(strict, CommandWorld.second(), declined))).isEqualTo("[WHOLE UNKNOWN]");
    assertThat(queued()).isEqualTo(1);
    assertThat(world.value("select string_agg(action, ' ' order by id) from audit"))
        .isEqualTo("COMMANDS_PROPOSED COMMANDS_APPROVED COMMANDS_PROPOSED COMMANDS_DECLINED");
  }

  private Sending approve(CommandDesk desk, Caller caller, Sending.Proposed proposed)
      throws Exception {
    return world.tx(() -> desk.approve(caller, proposed.request(), CommandWorld.proof()));
  }

  @Test
  void onlyWhatIsQueuedAndOnesOwnIsTakenBack() throws Exception {
    Peer module = world.module(1);
    send(CommandWorld.north(), world.order(RETRIES, module.device));
    send(CommandWorld.north(), world.order(CommandText.schedule(1, 0, 60), module.device));
    CommandId sent = new CommandId(module.take());
    CommandId waiting =
        new CommandId(Long.parseLong(world.value("select id from command where state = 'QUEUED'")));
    assertThat(
            world.<CommandDesk.Cancelled>tx(
                () -> world.desk.cancel(CommandWorld.south(), List.of(sent, waiting))))
        .isEqualTo(new CommandDesk.Cancelled(0, 2));
    assertThat(
            world.<CommandDesk.Cancelled>tx(
                () -> world.desk.cancel(CommandWorld.north(), List.of(sent, waiting))))
        .isEqualTo(new CommandDesk.Cancelled(1, 1));
    assertThat(world.states()).isEqualTo("LEASED CANCELLED/BY_PERSON");
    assertThat(
            world.value(
                "select account_id || '/' || address from command_event where state = 'CANCELLED'"))
        .isEqualTo("1/10.0.0.1");
  }

  @Test
  void fatesAreRefusalsOrNot() {
    assertThat(java.util.Arrays.stream(Fate.values()).filter(Fate::refused))
        .containsExactly(NEVER_REPORTED, BLOCKED, Fate.UNREGISTERED, NO_SUCH_COMMAND, UNKNOWN);
    assertThat(OrderFault.of(OrderFault.Field.KEY, OrderFault.Problem.USED).value()).isEmpty();
  }
}
