package org.kvantenergo.simulator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.simulator.Live;
import org.kvantenergo.simulator.RecordedModule;
import org.kvantenergo.simulator.RecordedModule.MadeUp;
import org.kvantenergo.simulator.Replay;
import org.kvantenergo.simulator.Simulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "live",
    mixinStandardHelpOptions = true,
    description =
        "Replay the recorded records, then let the same modules go on with today's clock, much"
            + " oftener than in life, until Ctrl-C.")
final class LiveCommand extends Job {

  @Mixin private RecordedOptions recorded;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "How often each module reports. Default: 20s.")
  private Duration every = Duration.ofSeconds(20);

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "Keep here what each device knows (newest record, session counter, settings, commands"
              + " obeyed), so that the next run goes on from it. Default: every run begins where the"
              + " recording ends.")
  private Path state;

  @Option(names = "--skip-replay", description = "Do not replay, go live at once.")
  private boolean skipReplay;

  @Option(
      names = "--made-up",
      description =
          "Besides, the made-up devices: module 868333030969717, which has a key, and base station"
              + " 207900009001 with block 207900009999.")
  private boolean madeUp;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "End after so long of live reports. Default: no end.")
  private Duration duration;

  @Override
  int connections() {
    return 5;
  }

  @Override
  int work(Simulation simulation, Running running) throws IOException {
    // Before the replay: commands that an earlier run obeyed may come again in it.
    Live live = live(simulation);
    Replay replay =
        new Replay(
            simulation, skipReplay ? List.of() : recorded.modules(), new Replay.Listener() {});
    running.work(replay, null);
    if (replay.done()) {
      out().printf("Replayed; %d modules go on live.%n", live.devices());
      out().flush();
      running.work(live, duration);
    }
    running.end(live);
    return running.summary("", "");
  }

  private Live live(Simulation simulation) {
    try {
      return restored(simulation);
    } catch (IOException e) {
      throw misuse(FileTrouble.of(e));
    }
  }

  private Live restored(Simulation simulation) throws IOException {
    List<RecordedModule> modules = new ArrayList<>(recorded.modules());
    if (madeUp) {
      modules.add(RecordedModule.madeUp(MadeUp.MODULE));
    }
    Live live = new Live(simulation, modules, every, state);
    if (madeUp) {
      live.addStation(
          RecordedModule.madeUp(MadeUp.BASE_STATION), RecordedModule.madeUp(MadeUp.BLOCK));
    }
    return live;
  }
}
