package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.ingest.CommandWorld.Peer;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.packet.Info;

/** What shows that a device has done what it says. */
class CommandProofTest {

  private static final int OPEN = 1 << 14;

  private final CommandWorld world = new CommandWorld();
  private Peer module;

  @BeforeEach
  void aModule() throws Exception {
    module = world.module(1);
  }

  /** Sent and answered by «done». */
  private long done(CommandText command) throws Exception {
    world.send(world.order(command, module.device));
    long id = module.take();
    module.answer(id, 0);
    return id;
  }

  @Test
  void infoProvesAScheduleOrDisprovesIt() throws Exception {
    done(CommandText.schedule(5, 6, 30));
    module.store(module.info(5, 6, 30, 3));
    done(CommandText.schedule(7, 8, 30));
    module.store(module.info(5, 6, 30, 3));
    assertThat(world.states()).isEqualTo("VERIFIED MISMATCH");
  }

  @Test
  void infoProvesRetriesAndAnAccessPoint() throws Exception {
    done(CommandText.retries(7));
    module.store(module.info(1, 0, 60, 7));
    done(CommandText.apn("water.net"));
    module.store(module.info(new Info(1, 0, 60, -70, 0, 7, "water.net", "", "")));
    done(CommandText.retries(8));
    module.store(module.info(1, 0, 60, 7));
    assertThat(world.states()).isEqualTo("VERIFIED VERIFIED MISMATCH");
  }

  @Test
  void infoThatCameBeforeTheResultSaysNothing() throws Exception {
    world.send(world.order(CommandText.retries(7), module.device));
    long id = module.take();
    world.rig.store(module.info(1, 0, 60, 3), module.result(id, 0));
    assertThat(world.states()).isEqualTo("DONE");
    world.rig.store(module.info(1, 0, 60, 7));
    assertThat(world.states()).isEqualTo("VERIFIED");
  }

  @Test
  void bothInOneBatchAreInTheirOrder() throws Exception {
    world.send(world.order(CommandText.retries(7), module.device));
    long id = module.take();
    world.rig.store(module.info(1, 0, 60, 3), module.result(id, 0), module.info(1, 0, 60, 7));
    assertThat(world.states()).isEqualTo("VERIFIED");
  }

  @Test
  void infoOfALaterSessionCountsAndOfAnOlderOneDoesNot() throws Exception {
    var old = module.session;
    module.open();
    done(CommandText.retries(7));
    var stale =
        new org.kvantenergo.wire.Delivery.OfInfo(
            old, 0, Instant.now(), new Info(1, 0, 60, -70, 0, 3, "", "", ""));
    world.rig.store(stale);
    assertThat(world.states()).isEqualTo("DONE");
    module.open();
    module.store(module.info(1, 0, 60, 7));
    assertThat(world.states()).isEqualTo("VERIFIED");
  }

  @Test
  void whatWasChangedAgainIsNotHeldAgainstTheFirst() throws Exception {
    long first = done(CommandText.retries(7));
    done(CommandText.retries(8));
    module.store(module.info(1, 0, 60, 8));
    module.store(module.info(1, 0, 60, 8));
    assertThat(world.states()).isEqualTo("DONE/OUTDATED VERIFIED");
    assertThat(world.story(first)).endsWith("DONE/1 DONE/1/OUTDATED");
  }

  private void resultAt(String when) {
    world.sql("update command set result_at = date_trunc('second', now()) " + when);
  }

  @Test
  void aRecordProvesTheMode() throws Exception {
    done(CommandText.technological());
    resultAt("- interval '10 seconds'");
    module.store(module.record(Instant.now().minusSeconds(60), 1));
    assertThat(world.states()).as("made before").isEqualTo("DONE");
    module.store(module.record(Instant.now(), 1 | OPEN));
    assertThat(world.states()).isEqualTo("VERIFIED");
    done(CommandText.metrological());
    world.sql("update command set result_at = now() - interval '10 seconds' where state = 'DONE'");
    module.store(module.record(Instant.now(), 1));
    assertThat(world.states()).isEqualTo("VERIFIED VERIFIED");
  }

  @Test
  void aRecordDisprovesTheModeIfItIsSurelyLater() throws Exception {
    done(CommandText.technological());
    resultAt("- interval '1 second'");
    module.store(module.record(Instant.now(), 1));
    assertThat(world.states()).as("of the session of the result").isEqualTo("DONE");
    module.open();
    module.store(module.record(Instant.now().plusSeconds(200), 1));
    assertThat(world.states()).as("within what clocks are off").isEqualTo("DONE");
    module.store(module.record(Instant.now().plusSeconds(3600), 1));
    assertThat(world.states()).as("no clock that can be right").isEqualTo("DONE");
    resultAt("- interval '10 minutes'");
    module.store(module.record(Instant.now(), 1));
    assertThat(world.states()).isEqualTo("MISMATCH");
  }

  @Test
  void recordsOfThePeriodProveTheArchive() throws Exception {
    Instant from = Instant.now().minusSeconds(7200);
    var before = module.record(from.plusSeconds(10), 1);
    module.store(before);
    CommandText archive = CommandText.archive(from, from.plusSeconds(100));
    module.open();
    world.send(world.order(archive, module.device));
    long again = module.take();
    assertThat(
            module.store(
                new org.kvantenergo.wire.Delivery.OfReadings(
                    module.session,
                    0,
                    Instant.now(),
                    ((org.kvantenergo.wire.Delivery.OfReadings) before).packet())))
        .isEqualTo(Reply.Kind.STORED_BEFORE);
    module.answer(again, 0);
    world.send(world.order(archive, module.device));
    long fresh = module.open().take();
    world.rig.store(module.record(from.plusSeconds(20), 1), module.result(fresh, 0));
    world.send(world.order(archive, module.device));
    long nothing = module.open().take();
    world.rig.store(module.record(from.plusSeconds(500), 1), module.result(nothing, 0));
    assertThat(world.states()).isEqualTo("VERIFIED VERIFIED MISMATCH");
  }
}
