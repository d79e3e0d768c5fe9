package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.kvantenergo.command.CommandId;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.ingest.CommandWorld.Peer;
import org.kvantenergo.wire.Delivery;

/** «открыть → изменить → проверить → закрыть снова»: it ends locked, wherever it breaks. */
class CommandTaskTest {

  private static final String OVER =
      "update command set expires_at = now() - interval '1 second' where needs is distinct from 'OVER'";

  private final CommandWorld world = new CommandWorld();

  private Peer task() throws Exception {
    return task(world.module(1));
  }

  private Peer task(Peer module) throws Exception {
    world.send(CommandWorld.task(world.order(CommandText.schedule(5, 6, 30), module.device)));
    return module;
  }

  /** Carries out what comes, until nothing comes; returns the codes. */
  private String run(Peer module) throws Exception {
    StringBuilder codes = new StringBuilder();
    for (long id = module.take(); id != 0; id = module.take()) {
      int code = Integer.parseInt(world.value("select code from command where id = " + id));
      codes.append(code);
      module.answer(id, 0);
      if (code == 1 || code == 4) {
        module.store(module.info(5, 6, 30, 3));
      }
    }
    return codes.toString();
  }

  private void end() throws Exception {
    world.tx(world.ends::end);
  }

  @Test
  void opensChangesProvesAndLocks() throws Exception {
    Peer module = task();
    world.send(world.order(CommandText.retries(3), module.device));
    assertThat(run(module)).as("nothing comes between").isEqualTo("3124");
    assertThat(world.states()).isEqualTo("VERIFIED VERIFIED DONE VERIFIED");
  }

  @Test
  void theLockingWaitsForTheInfoOfTheSession() throws Exception {
    Peer module = task();
    module.answer(module.take(), 0);
    module.answer(module.take(), 0);
    assertThat(module.take()).isZero();
    module.store(module.info(5, 6, 30, 3));
    assertThat(module.take()).isNotZero();
  }

  @Test
  void orForTheNextSession() throws Exception {
    Peer module = task();
    module.answer(module.take(), 0);
    module.answer(module.take(), 0);
    assertThat(run(module.open())).isEqualTo("2");
    assertThat(world.states()).isEqualTo("VERIFIED DONE DONE");
  }

  @Test
  void brokenAfterTheOpeningWasWrittenItGoesOn() throws Exception {
    Peer module = task();
    module.take();
    assertThat(run(module.open())).isEqualTo("312");
  }

  @Test
  void brokenAfterTheChangeWasWrittenItGoesOn() throws Exception {
    Peer module = task();
    module.answer(module.take(), 0);
    module.take();
    assertThat(run(module.open())).isEqualTo("12");
  }

  @Test
  void brokenAfterTheLockingWasWrittenItIsSentAgain() throws Exception {
    Peer module = task();
    module.answer(module.take(), 0);
    module.answer(module.take(), 0);
    module.store(module.info(5, 6, 30, 3));
    module.take();
    assertThat(run(module.open())).isEqualTo("2");
  }

  @Test
  void anOpeningThatIsNeverAnsweredIsFollowedByTheLocking() throws Exception {
    Peer module = task();
    module.take();
    world.sql(OVER);
    end();
    assertThat(world.states()).isEqualTo("EXPIRED/TIME EXPIRED/TIME QUEUED");
    assertThat(run(module.open())).isEqualTo("2");
  }

  @Test
  void anOpeningThatAKilledServerWroteIsToo() throws Exception {
    Peer module = task();
    module.lease();
    world.sql(OVER);
    end();
    assertThat(run(module.open())).isEqualTo("2");
  }

  @Test
  void whatWasNeverOpenedIsNotLocked() throws Exception {
    Peer module = task();
    world.sql(OVER);
    end();
    assertThat(world.states()).isEqualTo("EXPIRED/TIME EXPIRED/TIME CANCELLED/NOT_OPENED");
    assertThat(run(module.open())).isEmpty();
  }

  @Test
  void anOpeningThatFailedCancelsTheChangeAndIsLockedAllTheSame() throws Exception {
    Peer module = task();
    module.answer(module.take(), 4);
    assertThat(world.states()).isEqualTo("FAILED/DEVICE_FAILED CANCELLED/NOT_OPENED LEASED");
    module.answer(module.take(), 1);
    assertThat(world.states()).isEqualTo("FAILED/DEVICE_FAILED CANCELLED/NOT_OPENED DONE");
  }

  @Test
  void aChangeThatIsRefusedOrUsedUpIsFollowedByTheLocking() throws Exception {
    Peer module = task();
    module.answer(module.take(), 0);
    module.answer(module.take(), 3);
    assertThat(run(module)).isEqualTo("2");
    Peer other = task(world.module(2));
    other.answer(other.take(), 0);
    other.take();
    world.sql("update command set attempts = attempts_allowed where code = 1 and state = 'LEASED'");
    assertThat(run(other.open())).isEqualTo("2");
  }

  @Test
  void aChangeThatIsDisprovedIsFollowedByTheLocking() throws Exception {
    Peer module = task();
    module.answer(module.take(), 0);
    module.answer(module.take(), 0);
    module.store(module.info(1, 0, 60, 3));
    assertThat(run(module)).isEqualTo("2");
    assertThat(world.states()).isEqualTo("VERIFIED MISMATCH DONE");
  }

  private String cancel(long... ids) throws Exception {
    List<CommandId> commands = java.util.Arrays.stream(ids).mapToObj(CommandId::new).toList();
    return world.tx(() -> world.desk.cancel(CommandWorld.north(), commands)).toString();
  }

  private long id(int place) throws Exception {
    return Long.parseLong(
        world.value("select id from command order by id limit 1 offset " + place));
  }

  @Test
  void takenBackBeforeItBeganItGoesAsAWhole() throws Exception {
    for (int place = 0; place < 3; place++) {
      Peer module = task(world.module(10 + place));
      assertThat(cancel(id(4 * place))).isNotEmpty();
      assertThat(run(module)).isEmpty();
    }
    assertThat(world.value("select count(*) from command where state = 'CANCELLED'"))
        .isEqualTo("9");
  }

  @Test
  void aLockingCannotBeTakenBackOnceItsOpeningWasSent() throws Exception {
    Peer module = task();
    module.take();
    assertThat(cancel(id(0), id(2))).isEqualTo("Cancelled[cancelled=0, left=2]");
    assertThat(cancel(id(1))).isEqualTo("Cancelled[cancelled=1, left=0]");
    assertThat(run(module.open())).as("the opening was not answered").isEqualTo("32");
  }

  @Test
  void aNewOneTakesThePlaceOfOneThatHasNotBegun() throws Exception {
    Peer module = task();
    task(module);
    assertThat(world.states())
        .isEqualTo("SUPERSEDED/NEWER SUPERSEDED/NEWER CANCELLED/NOT_OPENED QUEUED QUEUED QUEUED");
    // By a session that was taken over, whose answers bring nothing: the change has not gone out.
    Delivery opened = module.result(module.take(), 0);
    module.open();
    module.store(opened);
    world.send(world.order(CommandText.schedule(9, 9, 60), module.device));
    assertThat(
            world.value(
                "select string_agg(state, ' ' order by id) from command where id > " + id(2)))
        .isEqualTo("DONE SUPERSEDED QUEUED QUEUED");
    assertThat(module.take()).as("the locking first").isEqualTo(id(5));
  }

  @Test
  void anotherTaskWaitsForTheLockingOfTheFirst() throws Exception {
    Peer module = task();
    module.answer(module.take(), 0);
    module.answer(module.take(), 0);
    world.send(CommandWorld.task(world.order(CommandText.retries(3), module.device)));
    assertThat(module.take()).as("the first has no INFO yet").isZero();
    module.store(module.info(5, 6, 30, 3));
    assertThat(run(module)).isEqualTo("2342");
  }

  @Test
  void blocksBehindABaseStationDoTheSame() throws Exception {
    Peer block = world.station(20).relaying(21);
    block.store(block.record(java.time.Instant.now(), 1));
    task(block);
    block.take();
    world.sql(OVER);
    end();
    assertThat(run(block)).as("the opening is unanswered in this session").isEqualTo("2");
    Peer whole = world.station(22).relaying(23);
    whole.store(whole.record(java.time.Instant.now(), 1));
    task(whole);
    assertThat(run(whole)).isEqualTo("312");
  }
}
