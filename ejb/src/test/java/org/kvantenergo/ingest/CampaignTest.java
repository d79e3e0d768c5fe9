package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.CampaignPlan;
import org.kvantenergo.command.CampaignState;
import org.kvantenergo.command.Campaigns;
import org.kvantenergo.command.CommandOrder;
import org.kvantenergo.command.CommandReason;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.OutcomeKind;
import org.kvantenergo.command.Sending;
import org.kvantenergo.ingest.CommandWorld.Peer;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Slice;

/** A few first, then all, or nobody more. */
class CampaignTest {

  private static final int DEVICES = 6;
  private static final CampaignPlan PLAN = new CampaignPlan("Зима", 2, 100);

  private final CommandWorld world = new CommandWorld();
  private final List<Peer> modules = new ArrayList<>();

  @BeforeEach
  void modules() throws Exception {
    for (int i = 0; i < DEVICES; i++) {
      modules.add(world.module(i + 1));
    }
  }

  private CommandOrder order() {
    return world.order(
        CommandText.retries(7), modules.stream().map(m -> m.device).toArray(DeviceId[]::new));
  }

  private CampaignId start(CommandOrder order) throws Exception {
    Campaigns.Start start =
        world.tx(
            () -> world.campaigns.start(CommandWorld.north(), order, PLAN, CommandWorld.proof()));
    assertThat(start.sending()).isInstanceOf(Sending.Queued.class);
    return start.campaign();
  }

  private CampaignId start() throws Exception {
    return start(order());
  }

  /** Takes what waits and carries it out; INFO says what is in force. */
  private void run(Peer module, int result, int retries) throws Exception {
    for (long id = module.take(); id != 0; id = module.take()) {
      module.answer(id, result);
      module.store(module.info(1, 0, 60, retries));
    }
  }

  private void step() throws Exception {
    for (CampaignId ready : world.tx(world.steps::ready)) {
      world.tx(
          () -> {
            world.steps.step(ready);
            return null;
          });
    }
  }

  private Campaigns.CampaignRow row(CampaignId campaign) {
    return world.campaigns.find(CommandWorld.north(), campaign).orElseThrow();
  }

  private CampaignState state(CampaignId campaign) {
    return row(campaign).state();
  }

  private String count(String state) throws Exception {
    return world.value("select count(*) from command where state = '" + state + "'");
  }

  @Test
  void theFirstFareWellAndAllOthersFollow() throws Exception {
    CampaignId campaign = start();
    step();
    assertThat(count("QUEUED")).isEqualTo("2");
    assertThat(row(campaign).progress())
        .isEqualTo(new Campaigns.Progress(6, 4, 0, Map.of(CommandState.QUEUED, 2L), 0, 2, 0, 0));
    run(modules.get(0), 0, 7);
    step();
    assertThat(count("QUEUED")).as("one is not over").isEqualTo("1");
    run(modules.get(1), 0, 7);
    step();
    assertThat(state(campaign)).isEqualTo(CampaignState.RUNNING);
    assertThat(count("QUEUED")).isEqualTo("4");
    for (Peer module : modules) {
      run(module, 0, 7);
    }
    step();
    assertThat(state(campaign)).isEqualTo(CampaignState.DONE);
    assertThat(row(campaign).progress().states()).isEqualTo(Map.of(CommandState.VERIFIED, 6L));
    assertThat(row(campaign).endedAt()).isNotNull();
  }

  @Test
  void whereTheFirstFailItHaltsAndAPersonDecides() throws Exception {
    CampaignId campaign = start();
    run(modules.get(0), 0, 7);
    run(modules.get(1), 1, 3);
    step();
    assertThat(state(campaign)).isEqualTo(CampaignState.HALTED);
    assertThat(count("QUEUED")).isEqualTo("0");
    assertThat(goOn(CommandWorld.south(), campaign))
        .as("not theirs")
        .isInstanceOf(Sending.Refused.class);
    world.modeOpen = false;
    assertThat(goOn(CommandWorld.north(), campaign))
        .as("the mode is shut")
        .isInstanceOf(Sending.Refused.class);
    world.modeOpen = true;
    assertThat(goOn(CommandWorld.north(), campaign)).isInstanceOf(Sending.Queued.class);
    assertThat(count("QUEUED")).isEqualTo("4");
    assertThat(goOn(CommandWorld.north(), campaign))
        .as("twice")
        .isInstanceOf(Sending.Refused.class);
    assertThat(state(campaign)).isEqualTo(CampaignState.RUNNING);
  }

  private Sending goOn(Caller caller, CampaignId campaign) throws Exception {
    return world.tx(() -> world.campaigns.goOn(caller, campaign, CommandWorld.proof()));
  }

  @Test
  void doneCountsNothingUntilThereIsAProof() throws Exception {
    CampaignId campaign = start();
    for (Peer module : modules.subList(0, 2)) {
      module.answer(module.take(), 0);
    }
    step();
    assertThat(state(campaign)).isEqualTo(CampaignState.CANARIES);
    world.sql("update command set expires_at = now() - interval '1 second'");
    step();
    assertThat(state(campaign)).as("the proof did not come").isEqualTo(CampaignState.HALTED);
  }

  @Test
  void pausedNothingGoesOut() throws Exception {
    CampaignId campaign = start(CommandWorld.task(order()));
    Peer begun = modules.get(0);
    Peer waits = modules.get(1);
    long opening = begun.take();
    assertThat(pause(campaign)).isTrue();
    assertThat(pause(campaign)).isFalse();
    begun.answer(opening, 0);
    assertThat(waits.take()).isZero();
    assertThat(begun.take()).as("what is open is brought to its end").isNotZero();
    assertThat(world.<Boolean>tx(() -> world.campaigns.resume(CommandWorld.north(), campaign)))
        .isTrue();
    assertThat(waits.take()).isNotZero();
    assertThat(state(campaign)).isEqualTo(CampaignState.CANARIES);
  }

  private boolean pause(CampaignId campaign) throws Exception {
    return world.tx(() -> world.campaigns.pause(CommandWorld.north(), campaign));
  }

  @Test
  void calledOffWhatWaitsIsCancelled() throws Exception {
    CampaignId campaign = start();
    long sent = modules.get(0).take();
    assertThat(world.<Long>tx(() -> world.campaigns.cancel(CommandWorld.north(), campaign)))
        .isEqualTo(1);
    assertThat(world.<Long>tx(() -> world.campaigns.cancel(CommandWorld.north(), campaign)))
        .isEqualTo(-1);
    modules.get(0).answer(sent, 0);
    step();
    assertThat(state(campaign)).isEqualTo(CampaignState.CANCELLED);
    assertThat(world.states()).isEqualTo("DONE CANCELLED/CAMPAIGN");
  }

  @Test
  void onlyTheFailedAreTriedAgain() throws Exception {
    CampaignId campaign = start();
    run(modules.get(0), 0, 7);
    run(modules.get(1), 4, 3);
    step();
    assertThat(state(campaign)).isEqualTo(CampaignState.HALTED);
    assertThat(retry(campaign)).isInstanceOf(Sending.Queued.class);
    assertThat(retry(campaign)).as("twice is once").isInstanceOf(Sending.Refused.class);
    assertThat(count("QUEUED")).isEqualTo("1");
    run(modules.get(1), 0, 7);
    step();
    assertThat(state(campaign)).isEqualTo(CampaignState.RUNNING);
    assertThat(count("QUEUED")).isEqualTo("4");
  }

  private Sending retry(CampaignId campaign) throws Exception {
    return world.tx(
        () ->
            world.campaigns.retry(
                CommandWorld.north(),
                campaign,
                Instant.now().plus(Duration.ofHours(2)),
                CommandWorld.proof()));
  }

  @Test
  void whoeverIsKilledInAStepHasDoneNothing() throws Exception {
    CampaignId campaign = start();
    run(modules.get(0), 0, 7);
    run(modules.get(1), 0, 7);
    assertThatThrownBy(
            () ->
                world.tx(
                    () -> {
                      world.steps.step(campaign);
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");
    assertThat(state(campaign)).isEqualTo(CampaignState.CANARIES);
    assertThat(count("QUEUED")).isEqualTo("0");
    step();
    step();
    assertThat(count("QUEUED")).isEqualTo("4");
  }

  @Test
  void whoWasBlockedMeanwhileIsLeftOut() throws Exception {
    CampaignId campaign = start();
    world.sql("update device set state = 'BLOCKED' where id = " + modules.get(5).device.value());
    run(modules.get(0), 0, 7);
    run(modules.get(1), 0, 7);
    step();
    assertThat(count("QUEUED")).isEqualTo("3");
    assertThat(row(campaign).progress().refused()).isEqualTo(1);
  }

  @Test
  void twiceStartedIsOne() throws Exception {
    CommandOrder order = order();
    assertThat(start(order)).isEqualTo(start(order));
    assertThat(count("QUEUED")).isEqualTo("2");
  }

  @Test
  void badPlansAreRefused() throws Exception {
    for (CampaignPlan bad :
        List.of(
            new CampaignPlan(" ", 1, 50),
            new CampaignPlan("x", 0, 50),
            new CampaignPlan("x", 1, 101))) {
      Campaigns.Start start =
          world.tx(
              () ->
                  world.campaigns.start(CommandWorld.north(), order(), bad, CommandWorld.proof()));
      assertThat(start.sending()).isInstanceOf(Sending.Refused.class);
      assertThat(start.campaign()).isNull();
    }
    assertThat(world.value("select count(*) from campaign")).isEqualTo("0");
  }

  @Test
  void aSecondPersonApprovesBeforeItBegins() throws Exception {
    CommandOrder order = order();
    Campaigns strict = world.campaigns(1, true);
    Campaigns.Start start =
        world.tx(() -> strict.start(CommandWorld.north(), order, PLAN, CommandWorld.proof()));
    assertThat(state(start.campaign())).isEqualTo(CampaignState.PROPOSED);
    step();
    assertThat(count("QUEUED")).isEqualTo("0");
    Sending.Proposed proposed = (Sending.Proposed) start.sending();
    world.tx(
        () -> world.desk.approve(CommandWorld.second(), proposed.request(), CommandWorld.proof()));
    assertThat(state(start.campaign())).isEqualTo(CampaignState.CANARIES);
    assertThat(count("QUEUED")).isEqualTo("2");
  }

  @Test
  void whatBecameOfEachIsAFile() throws Exception {
    CampaignId campaign = start();
    run(modules.get(0), 0, 7);
    List<String> rows = new ArrayList<>();
    world.campaigns.stream(
        CommandWorld.north(),
        campaign,
        new Rows<>() {
          @Override
          public void total(long count) {
            rows.add("total " + count);
          }

          @Override
          public void row(Campaigns.Outcome row) throws IOException {
            rows.add(row.canary() + " " + row.state());
          }
        });
    assertThat(rows)
        .containsExactly(
            "total 6",
            "true VERIFIED",
            "true QUEUED",
            "false null",
            "false null",
            "false null",
            "false null");
  }

  @Test
  void whatBecameOfEachIsAList() throws Exception {
    CampaignId campaign = start();
    run(modules.get(0), 0, 7);
    run(modules.get(1), 2, 3);
    assertThat(outcomes(campaign, null, 0))
        .extracting(Campaigns.Outcome::state)
        .containsExactly(CommandState.VERIFIED, CommandState.FAILED);
    assertThat(outcomes(campaign, null, 4))
        .extracting(Campaigns.Outcome::state)
        .containsExactly(null, null);
    assertThat(outcomes(campaign, OutcomeKind.FAILED, 0))
        .extracting(Campaigns.Outcome::device, Campaigns.Outcome::reason)
        .containsExactly(tuple(modules.get(1).device, CommandReason.UNSUPPORTED));
    for (OutcomeKind kind : OutcomeKind.values()) {
      assertThat(
              world
                  .campaigns
                  .outcomes(CommandWorld.north(), campaign, kind, new Slice(0, 1))
                  .total())
          .as("%s", kind)
          .isEqualTo(row(campaign).progress().count(kind));
    }
    assertThat(row(campaign).progress().over()).isEqualTo(2);
    assertThat(
            world.campaigns.outcomes(CommandWorld.south(), campaign, null, new Slice(0, 9)).total())
        .isZero();
  }

  private List<Campaigns.Outcome> outcomes(CampaignId campaign, OutcomeKind kind, long first) {
    return world
        .campaigns
        .outcomes(CommandWorld.north(), campaign, kind, new Slice(first, 2))
        .rows();
  }

  @Test
  void itIsOverWhenTheLastHasCome() throws Exception {
    CampaignId campaign = start();
    Instant now = Instant.now();
    modules.get(0).store(modules.get(0).record(now, 1));
    modules.get(1).store(modules.get(1).record(now, 1));
    Campaigns.Outlook outlook = world.campaigns.outlook(CommandWorld.north(), campaign);
    assertThat(outlook.silent()).as("of the rest nobody knows when they come").isEqualTo(4);
    assertThat(outlook.end())
        .isBetween(now.plus(Duration.ofMinutes(59)), now.plus(Duration.ofMinutes(61)));
    assertThat(world.campaigns.outlook(CommandWorld.south(), campaign))
        .isEqualTo(new Campaigns.Outlook(null, 0));
  }
}
