package org.kvantenergo.it.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kvantenergo.it.KvantInstance;

/**
 * The figures of a proof as JSON: what holds for all of it, and a row for each thing that was done.
 * Written anew with every row, so that a proof that fails leaves what it had.
 */
final class Report {
  private final Path file;
  private final Map<String, Object> head = new LinkedHashMap<>();
  private final List<Map<String, Object>> rows = new ArrayList<>();

  /** A report of this name, in the folder beside the instances'. */
  Report(KvantInstance kvant, String name) throws IOException {
    file =
        Files.createDirectories(kvant.folder().resolveSibling("reports")).resolve(name + ".json");
    head.put("proof", name);
    head.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    head.put("full", ProofExtension.FULL);
    head.put("processors", Runtime.getRuntime().availableProcessors());
    write();
  }

  /** A figure of the whole proof. */
  void put(String name, Object value) throws IOException {
    head.put(name, value);
    write();
  }

  /**
   * A row.
   *
   * @param cells name, value, name, value
   */
  void row(Object... cells) throws IOException {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.length; i += 2) {
      row.put(cells[i].toString(), cells[i + 1]);
    }
    rows.add(row);
    write();
  }

  private void write() throws IOException {
    String all = rows.stream().map(Report::json).collect(Collectors.joining(",\n    "));
    String text = json(head);
    Files.writeString(
        file, text.substring(0, text.length() - 1) + ",\n  \"rows\": [\n    " + all + "]}\n");
  }

  private static String json(Map<String, Object> values) {
    return values.entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\": " + json(e.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String json(Object value) {
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : "\"" + value.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
