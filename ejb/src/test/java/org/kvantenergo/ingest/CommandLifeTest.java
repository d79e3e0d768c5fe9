package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.command.CommandOrder;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.Selection;
import org.kvantenergo.ingest.CommandWorld.Peer;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.packet.Info;

/** What becomes of a command from the queue to its end, and what is written down of it. */
class CommandLifeTest {

  private static final String OVER = "update command set expires_at = now() - interval '1 second'";

  private final CommandWorld world = new CommandWorld();
  private Peer module;

  @BeforeEach
  void aModule() throws Exception {
    module = world.module(1);
  }

  private void retries(int retries) throws Exception {
    world.send(world.order(CommandText.retries(retries), module.device));
  }

  private boolean end() throws Exception {
    return world.tx(world.ends::end);
  }

  @Test
  void fromTheQueueToTheProof() throws Exception {
    retries(5);
    long id = module.take();
    assertThat(module.answer(id, 0)).isEqualTo(Reply.Kind.STORED);
    assertThat(world.states()).isEqualTo("DONE");
    module.store(module.info(1, 0, 60, 5));
    assertThat(world.states()).isEqualTo("VERIFIED");
    assertThat(world.story(id)).isEqualTo("QUEUED/0 LEASED/0 LEASED/1 DONE/1 VERIFIED/1");
    assertThat(
            world.value(
                "select string_agg(concat_ws('/', coalesce(account_id, 0), address,"
                    + " coalesce(session_id, 0) = %d), ' ' order by id) from command_event"
                        .formatted(module.session.admission().sessionId())))
        .as("who, from where, in which session")
        .isEqualTo("1/10.0.0.1/f 0/t 0/t 0/t 0/t");
  }

  @Test
  void theHistoryIsOnlyAddedTo() throws Exception {
    retries(5);
    for (String statement :
        new String[] {
          "update command_event set state = 'DONE'",
          "delete from command_event",
          "truncate command_event"
        }) {
      assertThatThrownBy(() -> world.rig.database.execute(statement))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("only added to");
    }
  }

  @Test
  void refusalsSayWhy() throws Exception {
    for (int result : new int[] {1, 2, 3, 4, 9}) {
      world.send(world.order(CommandText.archive(Instant.EPOCH, Instant.EPOCH), module.device));
      module.answer(module.take(), result);
    }
    assertThat(world.states())
        .isEqualTo(
            "REFUSED/LOCKED FAILED/UNSUPPORTED REFUSED/BAD_ARGUMENT FAILED/DEVICE_FAILED"
                + " FAILED/DEVICE_FAILED");
  }

  @Test
  void whoIsToLockAndIsLockedHasDoneIt() throws Exception {
    world.send(world.order(CommandText.metrological(), module.device));
    module.answer(module.take(), 1);
    assertThat(world.states()).isEqualTo("DONE");
  }

  @Test
  void whatIsMoreUrgentGoesFirst() throws Exception {
    CommandOrder low = world.order(CommandText.retries(1), module.device);
    CommandOrder high = world.order(CommandText.schedule(1, 0, 30), module.device);
    world.send(low);
    world.send(
        new CommandOrder(
            high.devices(), high.command(), null, high.expiresAt(), 3, 5, false, "urgent"));
    module.answer(module.take(), 0);
    assertThat(world.states()).as("the other comes with the answer").isEqualTo("LEASED DONE");
  }

  @Test
  void timeAndAttemptsEnd() throws Exception {
    retries(1);
    module.take();
    world.sql("update command set attempts = 3");
    end();
    assertThat(world.states()).as("its result may still come").isEqualTo("LEASED");
    module.end();
    end();
    assertThat(world.states()).isEqualTo("EXPIRED/ATTEMPTS");
    world.send(world.order(CommandText.schedule(1, 0, 30), module.device));
    world.sql(OVER + " where state = 'QUEUED'");
    assertThat(end()).as("no more to do").isFalse();
    assertThat(world.states()).isEqualTo("EXPIRED/ATTEMPTS EXPIRED/TIME");
    assertThat(module.open().take()).isZero();
  }

  @Test
  void aNewSessionVoidsALeaseWhoseAttemptsAreUsedUp() throws Exception {
    retries(1);
    module.take();
    world.sql("update command set attempts = 3");
    module.open();
    end();
    assertThat(world.states()).isEqualTo("EXPIRED/ATTEMPTS");
  }

  @Test
  void aResultCountsWhateverBecameOfItsCommand() throws Exception {
    retries(1);
    long late = module.take();
    world.sql(OVER);
    end();
    assertThat(world.states()).isEqualTo("EXPIRED/TIME");
    assertThat(module.answer(late, 0)).isEqualTo(Reply.Kind.STORED);
    assertThat(module.answer(late, 4)).as("the first wins").isEqualTo(Reply.Kind.STORED_BEFORE);
    module.store(module.info(1, 0, 60, 1));
    assertThat(world.story(late))
        .isEqualTo("QUEUED/0 LEASED/0 LEASED/1 EXPIRED/1/TIME DONE/1 VERIFIED/1");
  }

  @Test
  void twiceInOneBatchIsOnce() throws Exception {
    retries(1);
    long id = module.take();
    assertThat(world.rig.store(module.result(id, 0), module.result(id, 1)))
        .extracting(Reply::kind)
        .containsExactly(Reply.Kind.STORED, Reply.Kind.STORED_BEFORE);
    assertThat(world.states()).isEqualTo("DONE");
  }

  @Test
  void anotherDevicesCommandIsNotAnswered() throws Exception {
    retries(1);
    long id = module.take();
    Peer other = world.module(2);
    assertThat(other.answer(id, 0)).isEqualTo(Reply.Kind.STORED);
    assertThat(other.answer(id, 0)).isEqualTo(Reply.Kind.STORED_BEFORE);
    assertThat(world.states()).isEqualTo("LEASED");
  }

  @Test
  void aSessionThatWasTakenOverAnswersStill() throws Exception {
    retries(1);
    long id = module.take();
    var old = module.session;
    module.open();
    assertThat(module.take()).as("sent again, under the same id").isEqualTo(id);
    world.rig.store(
        new org.kvantenergo.wire.Delivery.OfResult(
            old, 0, Instant.now(), new org.kvantenergo.wire.packet.CommandResult(id, 0)));
    assertThat(world.states()).isEqualTo("DONE");
    assertThat(module.take()).isZero();
  }

  @Test
  void anAccessPointIsSealedAndGoesOutWhole() throws Exception {
    CommandOrder order = world.order(CommandText.apn("water.net"), module.device);
    world.send(
        new CommandOrder(
            new Selection.Ids(java.util.List.of(module.device)),
            order.command(),
            new CommandOrder.Access("kvant", "se cret"),
            order.expiresAt(),
            3,
            0,
            false,
            "apn"));
    assertThat(world.value("select encode(arguments, 'escape') from command"))
        .isEqualTo("\twater.net");
    assertThat(
            world.value(
                "select count(*) from command_request r where position('se cret'::bytea in r.sealed_apn) = 0"
                    + " and r::text not like '%se cret%'"))
        .isEqualTo("1");
    var due =
        world.rig.store(new org.kvantenergo.wire.Delivery.OfPing(module.session, Instant.now()));
    var command = due.get(0).commands().get(0).command();
    assertThat(new String(command.arguments(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("\twater.net\5kvant\7se cret");
    module.answer(command.commandId(), 0);
    module.store(module.info(new Info(1, 0, 60, -70, 0, 3, "water.net", "kvant", "other")));
    assertThat(world.states()).isEqualTo("MISMATCH");
  }

  @Test
  void whatCannotBeOpenedHoldsNothingUp() throws Exception {
    CommandOrder order = world.order(CommandText.apn("water.net"), module.device);
    world.send(
        new CommandOrder(
            order.devices(),
            order.command(),
            new CommandOrder.Access("kvant", "secret"),
            order.expiresAt(),
            3,
            0,
            false,
            "apn"));
    world.sql("update command_request set sealed_apn = set_byte(sealed_apn, 20, 7)");
    world.sql("update command_request set sealed_apn = set_byte(sealed_apn, 21, 7)");
    retries(1);
    long id = module.take();
    assertThat(world.states()).isEqualTo("FAILED/SECRET LEASED");
    assertThat(world.value("select code from command where id = " + id)).isEqualTo("4");
  }

  @Test
  void whoLeavesTheRegistryIsToldNothing() throws Exception {
    retries(1);
    new org.kvantenergo.command.internal.CommandsOfDevices(world.rig.database.dataSource())
        .left(module.device);
    assertThat(world.states()).isEqualTo("CANCELLED/DEVICE_LEFT");
  }
}
