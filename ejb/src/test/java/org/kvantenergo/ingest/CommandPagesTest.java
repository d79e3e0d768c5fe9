package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.command.CommandFilter;
import org.kvantenergo.command.CommandId;
import org.kvantenergo.command.CommandReason;
import org.kvantenergo.command.CommandRow;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.command.CommandStory;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.Commands;
import org.kvantenergo.command.Commands.ModeRow;
import org.kvantenergo.command.DeviceMode;
import org.kvantenergo.ingest.CommandWorld.Peer;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Span;

/** What people read of commands and modes. */
class CommandPagesTest {

  private static final Slice ALL = new Slice(0, 100);

  private final CommandWorld world = new CommandWorld();
  private Peer module;

  @BeforeEach
  void aModule() throws Exception {
    module = world.module(1);
  }

  private Page<CommandRow> list(CommandFilter filter) {
    return world.pages.list(CommandWorld.north(), filter, ALL);
  }

  private static CommandFilter states(CommandState... states) {
    return new CommandFilter(null, Set.of(states), "", Span.ALL, null, null);
  }

  @Test
  void listsAreFilteredAndOnesOwn() throws Exception {
    world.send(world.order(CommandText.retries(5), module.device));
    world.send(world.order(CommandText.schedule(1, 2, 30), module.device));
    module.take();
    assertThat(list(CommandFilter.ALL).rows())
        .extracting(CommandRow::command)
        .containsExactly(CommandText.schedule(1, 2, 30), CommandText.retries(5));
    assertThat(list(states(CommandState.LEASED)).rows())
        .extracting(CommandRow::command)
        .containsExactly(CommandText.retries(5));
    assertThat(
            list(new CommandFilter(module.device, Set.of(), "north", Span.ALL, null, null)).total())
        .isEqualTo(2);
    assertThat(
            list(new CommandFilter(null, Set.of(), "", new Span(null, Instant.EPOCH), null, null))
                .total())
        .isZero();
    assertThat(list(new CommandFilter(null, Set.of(), "", Span.ALL, null, null, true)).total())
        .isEqualTo(2);
    assertThat(world.pages.list(CommandWorld.south(), CommandFilter.ALL, ALL).total()).isZero();
    assertThat(world.pages.underWay(CommandWorld.north()))
        .isEqualTo(Map.of(CommandState.QUEUED, 1L, CommandState.LEASED, 1L));
    assertThat(world.pages.open(CommandWorld.north(), module.device)).hasSize(2);
    assertThat(world.pages.open(CommandWorld.south(), module.device)).isEmpty();
  }

  @Test
  void aStoryHasItsTaskAndItsEvents() throws Exception {
    world.send(CommandWorld.task(world.order(CommandText.retries(5), module.device)));
    long opening = module.take();
    for (int part = 0; part < 3; part++) {
      CommandStory story =
          world.pages.story(CommandWorld.north(), new CommandId(opening + part)).orElseThrow();
      assertThat(story.task())
          .extracting(CommandRow::part)
          .containsExactly(
              CommandRow.Part.OPENING, CommandRow.Part.CHANGE, CommandRow.Part.LOCKING);
      assertThat(story.row().id().value()).isEqualTo(opening + part);
    }
    assertThat(
            world.pages.story(CommandWorld.north(), new CommandId(opening)).orElseThrow().events())
        .extracting(CommandStory.CommandEvent::state, CommandStory.CommandEvent::login)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(CommandState.QUEUED, "north"),
            org.assertj.core.groups.Tuple.tuple(CommandState.LEASED, ""),
            org.assertj.core.groups.Tuple.tuple(CommandState.LEASED, ""));
    assertThat(world.pages.story(CommandWorld.south(), new CommandId(opening))).isEmpty();
  }

  private ModeRow mode() {
    return world.pages.modes(CommandWorld.north(), List.of(module.device)).get(module.device);
  }

  @Test
  void theModeIsWhatWasSaidLast() throws Exception {
    assertThat(mode()).isEqualTo(new ModeRow(DeviceMode.UNKNOWN, false));
    module.store(module.record(Instant.now().minusSeconds(60), 1));
    assertThat(mode().mode()).isEqualTo(DeviceMode.LOCKED);
    world.send(world.order(CommandText.technological(), module.device));
    module.answer(module.take(), 0);
    assertThat(mode().mode()).isEqualTo(DeviceMode.OPEN);
    assertThat(world.pages.leftOpen(CommandWorld.north())).containsExactly(module.device);
    assertThat(world.pages.leftOpen(CommandWorld.south())).isEmpty();
    world.send(CommandWorld.task(world.order(CommandText.retries(5), module.device)));
    assertThat(mode()).isEqualTo(new ModeRow(DeviceMode.OPEN, true));
    assertThat(world.pages.leftOpen(CommandWorld.north())).as("will be locked").isEmpty();
  }

  @Test
  void whoRefusesAsLockedIsLocked() throws Exception {
    module.store(module.record(Instant.now().minusSeconds(60), 1 | 1 << 14));
    assertThat(mode().mode()).isEqualTo(DeviceMode.OPEN);
    world.send(world.order(CommandText.retries(5), module.device));
    module.answer(module.take(), 1);
    assertThat(mode().mode()).isEqualTo(DeviceMode.LOCKED);
  }

  private Commands.Sign sign() {
    return world.pages.signs(CommandWorld.north(), List.of(module.device)).get(module.device);
  }

  @Test
  void aSignSaysWhatIsUnderWayAndWhatFailedLast() throws Exception {
    assertThat(sign())
        .isEqualTo(new Commands.Sign(DeviceMode.UNKNOWN, null, false, 0, null, null, null));
    assertThat(world.pages.signs(CommandWorld.south(), List.of(module.device))).isEmpty();
    world.send(world.order(CommandText.technological(), module.device));
    module.answer(module.take(), 0);
    assertThat(sign().mode()).isEqualTo(DeviceMode.OPEN);
    assertThat(sign().openSince()).isNotNull();
    assertThat(sign().underWay()).as("waits for its proof").isEqualTo(1);
    world.send(world.order(CommandText.retries(5), module.device));
    assertThat(sign().failed()).isFalse();
    module.answer(module.take(), 3);
    assertThat(sign().failed()).isTrue();
    assertThat(sign().reason()).isEqualTo(CommandReason.BAD_ARGUMENT);
    // Whoever took it back knows; whoever was to be opened in vain does not.
    world.send(world.order(CommandText.retries(6), module.device));
    world.sql(
        "update command set state = 'CANCELLED', reason = 'BY_PERSON' where state = 'QUEUED'");
    assertThat(sign().failed()).isFalse();
    world.send(CommandWorld.task(world.order(CommandText.retries(7), module.device)));
    module.answer(module.take(), 4);
    assertThat(sign().last()).isEqualTo(CommandState.CANCELLED);
    assertThat(sign().failed()).isTrue();
  }

  @Test
  void pagesAreToldOfWhatNoSessionTells() throws Exception {
    world.sql("delete from outbox");
    world.send(world.order(CommandText.retries(5), module.device));
    assertThat(told()).as("queued").isEqualTo("1");
    long id = module.take();
    module.answer(id, 0);
    assertThat(told()).as("what a session brings has an event of its own").isEqualTo("1");
    world.send(world.order(CommandText.retries(6), module.device));
    world.send(world.order(CommandText.retries(7), module.device));
    assertThat(told()).as("two queued, one replaced").isEqualTo("4");
    world.sql("update command set state = 'EXPIRED', reason = 'TIME' where state = 'QUEUED'");
    assertThat(told()).isEqualTo("5");
    assertThat(
            world.value(
                "select count(*) from outbox where kind = 'COMMANDS_CHANGED'"
                    + " and body <> '{\"devices\": ["
                    + module.device.value()
                    + "]}'"))
        .isEqualTo("0");
  }

  private String told() throws Exception {
    return world.value("select count(*) from outbox where kind = 'COMMANDS_CHANGED'");
  }

  @Test
  void holesOfTheArchiveAreProposed() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
    for (int hours : new int[] {9, 8, 3, 2, 1}) {
      module.store(module.record(now.minus(hours, ChronoUnit.HOURS), 4097));
    }
    assertThat(world.pages.archiveProposals(CommandWorld.north(), module.device))
        .containsExactly(
            CommandText.archive(
                now.minus(8, ChronoUnit.HOURS).plusSeconds(1),
                now.minus(3, ChronoUnit.HOURS).minusSeconds(1)));
    assertThat(world.pages.archiveProposals(CommandWorld.south(), module.device)).isEmpty();
  }
}
