package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.kvantenergo.launcher.Vitals;

/**
 * What a session that is silent costs the server: heap and resident memory, both after a
 * collection, before the first and when all are there.
 *
 * @param label its command is what the simulator is told
 * @param tls whether they come by TLS
 */
record IdleSessions(Label label, boolean tls) implements Subject {

  /** They stay for so long: long enough to collect garbage and look. */
  private static final String STAY = "15s";

  /** What a process has. */
  private record Memory(long heap, long resident) {}

  @Override
  public Map<Quantity, Double> measure(Stage stage)
      throws IOException, InterruptedException, SQLException {
    Path json = stage.file(label.id() + ".json");
    List<String> arguments = new ArrayList<>(List.of("load", "--quiet"));
    arguments.addAll(List.of(label.command().split(" ", -1)));
    arguments.add("--port=" + (tls ? stage.tlsPort() : stage.modulePort()));
    arguments.add("--duration=" + STAY);
    arguments.add("--json=" + json);
    AtomicReference<Memory> all = new AtomicReference<>();
    try (Vitals vitals = new Vitals(stage.serverProcess())) {
      Memory none = look(stage, vitals);
      stage.simulate(
          "3g",
          arguments,
          line -> {
            if (line.equals("Measuring")) {
              all.set(look(stage, vitals));
            }
          });
      double sessions = Json.number(Json.object(Files.readString(json)), "measured", "idle");
      Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
      values.put(Quantity.SESSIONS, sessions);
      values.put(Quantity.HEAP_PER_SESSION, (all.get().heap() - none.heap()) / sessions);
      values.put(Quantity.RSS_PER_SESSION, (all.get().resident() - none.resident()) / sessions);
      values.put(
          Quantity.MEMORY_PER_SESSION,
          values.get(Quantity.HEAP_PER_SESSION) + values.get(Quantity.RSS_PER_SESSION));
      return values;
    }
  }

  private static Memory look(Stage stage, Vitals vitals) {
    try {
      long heap = vitals.heapBytes();
      return new Memory(
          heap, ProcessTree.OF_THIS_MACHINE.residentBytes(stage.serverProcess().pid()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
