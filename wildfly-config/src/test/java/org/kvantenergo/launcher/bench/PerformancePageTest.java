package org.kvantenergo.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.launcher.bench.Subject.Kind;
import org.kvantenergo.launcher.bench.Subject.Label;

/** Page and JSON of a fixed result. */
class PerformancePageTest {

  @TempDir Path folder;

  private static Spread spread(double... rounds) {
    return new Spread(java.util.Arrays.stream(rounds).boxed().toList());
  }

  private static Report.Entry entry(
      String id,
      Kind kind,
      String title,
      Map<Quantity, Spread> figures,
      List<Report.Ratio> ratios) {
    return new Report.Entry(
        new Label(id, kind, title, "--sessions=" + id), new EnumMap<>(figures), ratios);
  }

  private static Report report() {
    Target half =
        new Target(
            "(e) archives, of bare JDBC",
            "e",
            Quantity.RECORDS_PER_SECOND,
            "insert-64",
            Target.Bound.AT_LEAST,
            0.75,
            false);
    Target none =
        new Target("(c) REJECT", "c", Quantity.REJECTS, "", Target.Bound.AT_MOST, 0, true);
    Spread share = spread(0.7, 0.8, 0.6);
    return new Report(
        LocalDate.of(2026, 11, 21),
        "0123456789ab",
        "mvn -Pbench -Dkvant.bench.rounds=3",
        new Machine(2, "AMD EPYC", 25_000_000_000L, "Linux 6.18", "17.0.15+6", "18", 20_000, 0.234),
        10,
        3,
        List.of(
            entry(
                "e",
                Kind.LOAD,
                "archives",
                Map.of(
                    Quantity.RECORDS_PER_SECOND, spread(70_000, 80_000, 60_000.25),
                    Quantity.ACK_P99, spread(12.5, 12.5, 12.5),
                    Quantity.SERVER_CPU, spread(8.04, 8.2, 8.1)),
                List.of(new Report.Ratio("insert-64", Quantity.RECORDS_PER_SECOND, share))),
            entry(
                "insert-64",
                Kind.LIMIT,
                "bare JDBC",
                Map.of(Quantity.RECORDS_PER_SECOND, spread(100_000, 100_000, 100_000)),
                List.of()),
            entry(
                "b-echo",
                Kind.LIMIT,
                "bare echo: one-shot",
                Map.of(Quantity.RECORDS_PER_SECOND, spread(9_000, 9_000, 9_000)),
                List.of()),
            entry(
                "c",
                Kind.HOUR,
                "the hour",
                Map.of(Quantity.DUE_P99, spread(40, 50, 60), Quantity.REJECTS, spread(0, 0, 0)),
                List.of()),
            entry(
                "h-a-full",
                Kind.ARCHIVE,
                "a full archive: kept",
                Map.of(
                    Quantity.ARCHIVED, spread(1e8, 1e8, 1e8),
                    Quantity.RECORDS_PER_SECOND, spread(9_000, 8_000, 9_500),
                    Quantity.POSTGRES_CPU, spread(30, 31, 32)),
                List.of(
                    new Report.Ratio(
                        "h-a-empty", Quantity.RECORDS_PER_SECOND, spread(0.9, 0.85, 0.95)))),
            entry(
                "f-plain",
                Kind.IDLE,
                "idle, plain",
                Map.of(
                    Quantity.SESSIONS, spread(18_000, 18_000, 18_000),
                    Quantity.HEAP_PER_SESSION, spread(6_100, 6_000, 6_200),
                    Quantity.RSS_PER_SESSION, spread(7_000, 7_000, 7_000)),
                List.of())),
        List.of(new Report.Judgement(half, share), new Report.Judgement(none, spread(0, 0, 0))),
        List.of(new Report.Codec("HELLO", 50, 210.4, 96, 90.6, 72)));
  }

  @Test
  void thePageHasATableOfEachKind() {
    assertThat(PerformancePage.section(report()))
        .isEqualTo(
            """
            Measured on 2026-11-21 at commit 0123456789ab with `mvn -Pbench -Dkvant.bench.rounds=3`: 3 rounds of 10 s each, alternating.
            Machine: 2 × AMD EPYC, 25 GB memory, Linux 6.18, Java 17.0.15+6, PostgreSQL 18, 20,000 open files a process; one small commit (fsync on) 0.23 ms, median.
            A figure is the median of the rounds; in brackets the least and the greatest.

            | target | wanted | measured | met |
            | --- | --- | --- | --- |
            | (e) archives, of bare JDBC | at least 75 % | 70 % (60 %–80 %) | **no** |
            | (c) REJECT | none, every round | 0 | yes |

            | load | durable records/s | of bare JDBC | of the bare echo | ACK p50, ms | ACK p99, ms | processor, µs a record: server | PostgreSQL | generator |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            | archives | 70,000 (60,000–80,000) | 70 % (60 %–80 %) | – | – | 12.5 | 8.1 (8.0–8.2) | – | – |

            | limit | records/s | ACK p50, ms | ACK p99, ms | processor, µs a record: echo | PostgreSQL | program that asks |
            | --- | --- | --- | --- | --- | --- | --- |
            | bare JDBC | 100,000 | – | – | – | – | – |
            | bare echo: one-shot | 9,000 | – | – | – | – | – |

            | the hour | from due to ACK p50, ms | p99, ms | longest, ms | generator late p99, ms | REJECT | busy | failed sessions | not stored | stored twice | processor, µs a record: server | PostgreSQL | page: requests | p50, ms | longest, ms |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            | the hour | – | 50.0 (40.0–60.0) | – | – | 0 | – | – | – | – | – | – | – | – | – |

            | load on | records in it before | durable records/s | of those on an empty one | ACK p50, ms | ACK p99, ms | processor, µs a record: server | PostgreSQL |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            | a full archive: kept | 100,000,000 | 9,000 (8,000–9,500) | 90 % (85 %–95 %) | – | – | – | 31.0 (30.0–32.0) |

            | idle | sessions at once | heap, bytes each | resident memory | both together |
            | --- | --- | --- | --- | --- |
            | idle, plain | 18,000 | 6,100 (6,000–6,200) | 7,000 | – |

            | frame (JMH) | bytes | read, ns | allocated, bytes | write, ns | allocated, bytes |
            | --- | --- | --- | --- | --- | --- |
            | HELLO | 50 | 210 | 96 | 91 | 72 |

            Loads as given to `kvant-simulator.jar load`, bare JDBC as given to `kvant-benchmark.jar insert`:

            - archives: `--sessions=e`
            - bare JDBC: `--sessions=insert-64`
            - the hour: `--sessions=c`
            - a full archive: kept: `--sessions=h-a-full`
            - idle, plain: `--sessions=f-plain`
            """);
  }

  @Test
  void whatDidNotRunHasNoTable() {
    Report all = report();
    Report one =
        new Report(
            all.date(),
            all.commit(),
            all.command(),
            all.machine(),
            all.seconds(),
            1,
            all.entries().subList(0, 1),
            List.of(),
            List.of());
    assertThat(PerformancePage.section(one))
        .contains("1 round of 10 s each")
        .contains("| archives |")
        .doesNotContain("target", "| limit |", "the hour", "load on", "idle", "JMH");
  }

  @Test
  void theJsonHasEveryRoundOfEveryFigure() {
    Map<String, Object> json = Json.object(PerformanceJson.text(report()));
    assertThat(json)
        .containsEntry("date", "2026-11-21")
        .containsEntry("commit", "0123456789ab")
        .containsEntry("command", "mvn -Pbench -Dkvant.bench.rounds=3")
        .containsEntry("rounds", 3.0)
        .containsEntry("seconds", 10.0);
    assertThat(Json.number(json, "machine", "openFiles")).isEqualTo(20_000);
    assertThat(Json.number(json, "machine", "commitMillis")).isEqualTo(0.234);
    assertThat((List<?>) json.get("targets"))
        .first()
        .isEqualTo(
            Json.object(
                """
                {"what": "(e) archives, of bare JDBC", "subject": "e", "figure": "recordsPerSecond",
                 "limit": "insert-64", "bound": "at_least", "wanted": 0.75, "everyRound": false,
                 "median": 0.7, "min": 0.6, "max": 0.8, "rounds": [0.7, 0.8, 0.6], "met": false}
                """));
    assertThat((List<?>) json.get("subjects"))
        .hasSize(6)
        .first()
        .isEqualTo(
            Json.object(
                """
                {"id": "e", "kind": "load", "title": "archives", "command": "--sessions=e", "figures": {
                  "recordsPerSecond": {"unit": "1/s", "median": 70000, "min": 60000.25, "max": 80000,
                    "rounds": [70000, 80000, 60000.25]},
                  "ackP99": {"unit": "ms", "median": 12.5, "min": 12.5, "max": 12.5, "rounds": [12.5, 12.5, 12.5]},
                  "serverCpuPerRecord": {"unit": "µs", "median": 8.1, "min": 8.04, "max": 8.2,
                    "rounds": [8.04, 8.2, 8.1]}},
                 "ratios": [{"limit": "insert-64", "figure": "recordsPerSecond", "median": 0.7, "min": 0.6,
                   "max": 0.8, "rounds": [0.7, 0.8, 0.6]}]}
                """));
    assertThat((List<?>) json.get("codec"))
        .isEqualTo(
            List.of(
                Json.object(
                    """
                    {"frame": "HELLO", "length": 50, "decodeNanos": 210.4, "decodeBytes": 96,
                     "encodeNanos": 90.6, "encodeBytes": 72}
                    """)));
  }

  @Test
  void theSectionGoesBetweenTheMarks() throws IOException {
    Path page = folder.resolve("performance.md");
    Files.writeString(
        page, "before\n" + PerformancePage.BEGIN + "\nold\n" + PerformancePage.END + "\nafter\n");
    PerformancePage.write(page, "new\n");
    assertThat(page)
        .hasContent(
            "before\n" + PerformancePage.BEGIN + "\nnew\n" + PerformancePage.END + "\nafter\n");
    Files.writeString(page, "no marks");
    assertThatThrownBy(() -> PerformancePage.write(page, "new\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has lost its marks");
  }

  @Test
  void theCodecsFiguresAreReadAsTheyAreWritten() {
    assertThat(
            Report.Codec.read(
                Json.object(
                    """
                    {"frames": [
                      {"frame": "ACK", "length": 13, "decode": {"nanos": 45.1, "error": null, "bytes": 40},
                       "encode": {"nanos": 30.0, "error": 1.5, "bytes": 32}}]}
                    """)))
        .containsExactly(new Report.Codec("ACK", 13, 45.1, 40, 30, 32));
  }
}
