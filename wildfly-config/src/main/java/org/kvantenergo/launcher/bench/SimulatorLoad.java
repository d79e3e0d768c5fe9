package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A load that goes on for a while, of the server or of the bare echo in its place: the same client
 * with the same options.
 *
 * @param label its command is what the simulator is told
 * @param echo whether it is the echo that is asked
 * @param seconds how long it is measured
 */
record SimulatorLoad(Label label, boolean echo, int seconds) implements Subject {

  /** The first warm-up of all lasts until the server's JIT has settled, no longer than so; s. */
  private static final int FIRST_WARM_UP = 60;

  /** Percent between successive windows. */
  private static final int SETTLED = 5;

  @Override
  public void prepare(Stage stage) throws IOException, InterruptedException, SQLException {
    run(stage, Math.min(FIRST_WARM_UP, 6 * seconds), 1);
  }

  @Override
  public Map<Quantity, Double> measure(Stage stage)
      throws IOException, InterruptedException, SQLException {
    return run(stage, seconds, seconds);
  }

  private Map<Quantity, Double> run(Stage stage, int longestWarmUp, int duration)
      throws IOException, InterruptedException, SQLException {
    Path json = stage.file(label.id() + ".json");
    List<String> arguments = new ArrayList<>(List.of("load", "--quiet"));
    arguments.addAll(List.of(label.command().split(" ", -1)));
    arguments.add("--port=" + (echo ? stage.echoPort() : stage.modulePort()));
    arguments.add("--json=" + json);
    arguments.add("--warm-up=" + longestWarmUp + "s");
    arguments.add("--settle=" + SETTLED);
    arguments.add("--duration=" + duration + "s");
    Clocked clocked = new Clocked(echo ? stage::echoCpu : stage::serverCpu);
    stage.checkpoint();
    stage.simulate("1g", arguments, clocked);
    return values(Json.object(Files.readString(json)), clocked.used().orElseThrow());
  }

  Map<Quantity, Double> values(Map<String, Object> json, Cpu used) {
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    values.put(Quantity.RECORDS_PER_SECOND, Json.number(json, "measured", "recordsPerSecond"));
    if (label.command().contains("--sessions=oneshot")) {
      values.put(Quantity.SESSIONS_PER_SECOND, Json.number(json, "measured", "sessionsPerSecond"));
    }
    values.put(Quantity.ACK_P50, Json.number(json, "measured", "p50") / 1e3);
    values.put(Quantity.ACK_P99, Json.number(json, "measured", "p99") / 1e3);
    values.put(Quantity.ACK_MAX, Json.number(json, "measured", "max") / 1e3);
    values.put(Quantity.REJECTS, Json.number(json, "rejects"));
    values.put(Quantity.BUSY, Json.number(json, "busy"));
    values.put(Quantity.FAILED, Json.number(json, "failed"));
    perRecord(values, Json.number(json, "measured", "records"), used, json);
    if (echo) {
      values.keySet().removeAll(List.of(Quantity.POSTGRES_CPU, Quantity.CPU_RATIO));
    }
    return values;
  }

  /** Processor times, shared out over the records of the same seconds. */
  static void perRecord(
      Map<Quantity, Double> values, double records, Cpu used, Map<String, Object> json) {
    if (records > 0) {
      values.put(Quantity.SERVER_CPU, used.server() / records * 1e6);
      values.put(Quantity.POSTGRES_CPU, used.postgres() / records * 1e6);
      values.put(
          Quantity.GENERATOR_CPU, Json.number(json, "measured", "cpuSeconds") / records * 1e6);
    }
    if (used.postgres() > 0) {
      values.put(Quantity.CPU_RATIO, used.server() / used.postgres());
    }
  }
}
