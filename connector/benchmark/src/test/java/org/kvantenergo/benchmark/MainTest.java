package org.kvantenergo.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir Path folder;

  private static final String MEMBERS =
      "\"recordsPerSecond\": [0-9.]+, \"batch\": %d, \"connections\": %d, \"way\": \"%s\","
          + " \"seconds\": [0-9.]+, \"records\": [0-9]+, \"cpuSeconds\": [0-9.]+";

  private int insert(Database database, Path json, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("insert", "--url", database.url(), "--user", "postgres", "--password", "any"));
    arguments.addAll(List.of("--warm-up", "10ms", "--duration", "20ms", "--json", json.toString()));
    arguments.addAll(List.of(more));
    return Main.execute(arguments.toArray(String[]::new));
  }

  @Test
  void onePointIsMeasuredAndWritten() throws Exception {
    Database database = Database.create();
    Path json = folder.resolve("one.json");
    String[] point = "--devices 10 --records 3 --batch 10 --connections 2 --way copy".split(" ");
    assertThat(insert(database, json, point)).isZero();
    String members = MEMBERS.formatted(9, 2, "copy");
    assertThat(Files.readString(json))
        .matches("\\{%s,\\R \"sweep\": \\[\\R  \\{%s}]}\\R".formatted(members, members));
    assertThat(database.rows("select 1 from pg_namespace where nspname = 'bare'")).isEmpty();
  }

  @Test
  void aSweepWritesTheBestAndAll() throws Exception {
    Database database = Database.create();
    Path json = folder.resolve("sweep.json");
    assertThat(insert(database, json, "--devices", "2", "--records", "1", "--sweep")).isZero();
    String text = Files.readString(json);
    List<Double> speeds =
        text.lines()
            .map(line -> line.replaceAll(".*\"recordsPerSecond\": ([0-9.]+),.*|.*", "$1"))
            .filter(speed -> !speed.isEmpty())
            .map(Double::valueOf)
            .toList();
    assertThat(speeds).hasSize(1 + 4);
    assertThat(speeds.get(0)).isEqualTo(speeds.stream().max(Double::compare).orElseThrow());
    assertThat(text.lines().skip(2).map(line -> line.replaceAll(".*(\"batch.*), \"sec.*", "$1")))
        .containsExactly(
            "\"batch\": 2, \"connections\": 1, \"way\": \"unnest\"",
            "\"batch\": 1, \"connections\": 2, \"way\": \"unnest\"",
            "\"batch\": 2, \"connections\": 1, \"way\": \"copy\"",
            "\"batch\": 1, \"connections\": 2, \"way\": \"copy\"");
  }

  @Test
  void theCodecIsMeasuredFrameByFrame() throws Exception {
    Path json = folder.resolve("codec.json");
    assertThat(Main.execute("codec", "--quick", "--json", json.toString())).isZero();
    String cost = "\\{\"nanos\": [0-9.]+, \"error\": null, \"bytes\": [0-9]+}";
    List<String> lines = Files.readAllLines(json);
    assertThat(lines).hasSize(1 + 7).startsWith("{\"frames\": [");
    assertThat(lines.get(1))
        .matches(
            "  \\{\"frame\": \"HELLO\", \"length\": 50, \"decode\": %s, \"encode\": %s},"
                .formatted(cost, cost));
    assertThat(lines.get(7)).startsWith("  {\"frame\": \"TAGGED_ACK\", ").endsWith("}]}");
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    assertThat(Main.execute("insert", "--records", "1")).isEqualTo(2);
    assertThat(Main.execute("echo")).isEqualTo(2);
  }
}
