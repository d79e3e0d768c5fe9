package org.kvantenergo.simulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.kvantenergo.simulator.Simulation;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the commands have in common: set-up, the work, the summary. */
abstract class Job implements Callable<Integer> {

  @ParentCommand private Main main;
  @Spec private CommandSpec spec;
  @Mixin private Common common;
  @Mixin private DeviceOptions devices;

  /** Most connections at once. */
  abstract int connections();

  /** Does the work; the exit code. */
  abstract int work(Simulation simulation, Running running) throws IOException;

  @Override
  public final Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Simulation simulation;
    try {
      simulation = common.simulation(connections(), devices, err);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw misuse(FileTrouble.of(e));
    }
    try (simulation) {
      return work(simulation, new Running(simulation, common, main.interruption(), out(), err));
    }
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Ends the program with exit code 2 and the reason. */
  ParameterException misuse(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
