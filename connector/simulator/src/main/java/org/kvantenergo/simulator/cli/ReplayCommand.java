package org.kvantenergo.simulator.cli;

import java.io.IOException;
import org.kvantenergo.simulator.Replay;
import org.kvantenergo.simulator.Simulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description =
        "Send the recorded records of the operator manual's modules, one session a record, module by"
            + " module, and end. Records that the server has already are acknowledged again.")
final class ReplayCommand extends Job {

  @Mixin private RecordedOptions recorded;

  @Override
  int connections() {
    return 1;
  }

  @Override
  int work(Simulation simulation, Running running) throws IOException {
    Replay replay = new Replay(simulation, recorded.modules(), new Replay.Listener() {});
    running.work(replay, null);
    running.end(replay);
    return running.summary("", "");
  }
}
