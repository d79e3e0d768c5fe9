package org.kvantenergo.simulator.cli;

import java.util.List;
import org.kvantenergo.simulator.RecordedModule;
import picocli.CommandLine.Option;

/** Which recorded modules. */
final class RecordedOptions {

  @Option(
      names = "--only-recorded",
      description =
          "Leave out module 868333030969691, of which the manual shows one state and no records.")
  boolean onlyRecorded;

  List<RecordedModule> modules() {
    return RecordedModule.all().stream()
        .filter(module -> module.fromTable() || !onlyRecorded)
        .toList();
  }
}
