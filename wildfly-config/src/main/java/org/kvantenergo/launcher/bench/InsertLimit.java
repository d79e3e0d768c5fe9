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
 * The same rows and states as the server's, by a bare JDBC program in the same database. Which
 * batch, how many connections and which way is best here it finds out once, by a sweep.
 */
final class InsertLimit implements Subject {

  private static final int SWEEP_SECONDS = 2;

  private final Label label;
  private final int seconds;
  private List<String> best = List.of();

  InsertLimit(Label label, int seconds) {
    this.label = label;
    this.seconds = seconds;
  }

  @Override
  public Label label() {
    return best.isEmpty()
        ? label
        : new Label(
            label.id(),
            label.kind(),
            label.title(),
            label.command() + " " + String.join(" ", best));
  }

  @Override
  public void prepare(Stage stage) throws IOException, InterruptedException, SQLException {
    int each = Math.min(SWEEP_SECONDS, seconds);
    Map<String, Object> json =
        run(stage, List.of("--sweep"), 1, each, new Clocked(stage::serverCpu));
    best =
        List.of(
            "--batch=" + (int) Json.number(json, "batch"),
            "--connections=" + (int) Json.number(json, "connections"),
            "--way=" + json.get("way"));
  }

  @Override
  public Map<Quantity, Double> measure(Stage stage)
      throws IOException, InterruptedException, SQLException {
    Clocked clocked = new Clocked(stage::serverCpu);
    Map<String, Object> json = run(stage, best, Math.max(1, seconds / 3), seconds, clocked);
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    values.put(Quantity.RECORDS_PER_SECOND, Json.number(json, "recordsPerSecond"));
    double records = Json.number(json, "records");
    clocked
        .used()
        .ifPresent(used -> values.put(Quantity.POSTGRES_CPU, used.postgres() / records * 1e6));
    if (json.containsKey("cpuSeconds")) {
      values.put(Quantity.GENERATOR_CPU, Json.number(json, "cpuSeconds") / records * 1e6);
    }
    return values;
  }

  private Map<String, Object> run(
      Stage stage, List<String> how, int warmUp, int duration, Clocked clocked)
      throws IOException, InterruptedException, SQLException {
    Path json = stage.file(label.id() + ".json");
    List<String> arguments = new ArrayList<>(List.of("insert"));
    arguments.addAll(List.of(label.command().split(" ", -1)));
    arguments.addAll(how);
    arguments.add("--url=" + stage.address().url());
    arguments.add("--user=" + stage.address().user());
    arguments.add("--warm-up=" + warmUp + "s");
    arguments.add("--duration=" + duration + "s");
    arguments.add("--json=" + json);
    stage.checkpoint();
    stage.limit(arguments, clocked);
    return Json.object(Files.readString(json));
  }
}
