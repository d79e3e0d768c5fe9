package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.kvantenergo.launcher.Vitals;

/**
 * The hour: every module once, when it is due; then every acknowledged record is looked for.
 *
 * @param label its command is what the simulator is told
 * @param watchers how many people have the monitoring page open
 * @param warmUp what the server is made warm with, before the rounds
 */
record HourLoad(Label label, int watchers, Subject warmUp) implements Subject {

  @Override
  public void prepare(Stage stage) throws IOException, InterruptedException, SQLException {
    warmUp.prepare(stage);
  }

  @Override
  public Map<Quantity, Double> measure(Stage stage)
      throws IOException, InterruptedException, SQLException {
    if (watchers == 0) {
      return run(stage);
    }
    try (Vitals vitals = new Vitals(stage.serverProcess())) {
      long before = vitals.heapBytes();
      try (Watchers people = Watchers.open(stage, watchers)) {
        double heap = (double) (vitals.heapBytes() - before) / watchers;
        Map<Quantity, Double> values = run(stage);
        values.putAll(people.seen());
        values.put(Quantity.HEAP_PER_PAGE, heap);
        return values;
      }
    }
  }

  private Map<Quantity, Double> run(Stage stage)
      throws IOException, InterruptedException, SQLException {
    Path json = stage.file(label.id() + ".json");
    Path journal = stage.file(label.id() + ".journal");
    Files.deleteIfExists(journal);
    List<String> arguments = new ArrayList<>(List.of("load", "--quiet"));
    arguments.addAll(List.of(label.command().split(" ", -1)));
    arguments.add("--port=" + stage.modulePort());
    arguments.add("--journal=" + journal);
    arguments.add("--json=" + json);
    Clocked clocked = new Clocked(stage::serverCpu);
    stage.checkpoint();
    stage.simulate("2g", arguments, clocked);
    return values(
        Json.object(Files.readString(json)),
        clocked.used().orElseThrow(),
        Stored.look(stage.address(), journal));
  }

  static Map<Quantity, Double> values(Map<String, Object> json, Cpu used, Stored stored) {
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    values.put(Quantity.RECORDS_PER_SECOND, Json.number(json, "measured", "recordsPerSecond"));
    values.put(Quantity.DUE_P50, Json.number(json, "measured", "due", "p50") / 1e3);
    values.put(Quantity.DUE_P99, Json.number(json, "measured", "due", "p99") / 1e3);
    values.put(Quantity.DUE_MAX, Json.number(json, "measured", "due", "max") / 1e3);
    values.put(Quantity.LATE_P99, Json.number(json, "measured", "late", "p99") / 1e3);
    values.put(Quantity.ACK_P50, Json.number(json, "measured", "p50") / 1e3);
    values.put(Quantity.ACK_P99, Json.number(json, "measured", "p99") / 1e3);
    values.put(Quantity.RECORDS, (double) stored.acknowledged());
    values.put(Quantity.MISSING, (double) stored.missing());
    values.put(Quantity.TWICE, (double) stored.twice());
    values.put(Quantity.REJECTS, Json.number(json, "rejects"));
    values.put(Quantity.BUSY, Json.number(json, "busy"));
    values.put(Quantity.FAILED, Json.number(json, "failed"));
    SimulatorLoad.perRecord(values, Json.number(json, "measured", "records"), used, json);
    return values;
  }
}
