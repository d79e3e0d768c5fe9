package org.kvantenergo.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.shared.Permission;
import org.postgresql.PGConnection;

/**
 * A million rows in every format: how long, and how much heap above idle, beside PostgreSQL's own
 * {@code COPY … TO STDOUT} of the same rows at the same time. Its figures stand in
 * docs/performance.md. Only with -Pfull: it takes some twenty minutes and 3 GB.
 */
@EnabledIfSystemProperty(named = "kvant.full", matches = "true")
@ExtendWith(BrowserExtension.class)
class ExportSpeedIT {

  private static final int ROWS = Integer.getInteger("kvant.export.rows", 1_000_000);
  private static final int PAPER = Math.min(ROWS, 20_000);
  private static final long MOST_ABOVE_IDLE = 64;
  private static final int ROOM = 1 << 20;
  private static final int LOOKS = 5;
  private static final Pattern USED = Pattern.compile("Total +\\d+ +(\\d+)");

  private static final String COPY =
      """
      copy (select d.id, d.imei, d.serial, d.comment, d.commissioned_at, g.name, s.iccid, s.protocol,
          s.model, s.reading, s.resource, s.received_at, s.module_time, s.meter_time,
          s.measurement_errors, s.temperature_errors, s.control_errors, s.calibration_errors,
          s.hardware_errors, s.temperature, s.battery, s.rssi, s.period_minutes, s.band,
          s.sessions_total, s.sessions_day, s.status
        from device d join device_group g on g.id = d.group_id
        left join device_state s on s.device_id = d.id
        where d.group_id = %d order by d.serial, d.id) to stdout
      """;

  private final StringBuilder report =
      new StringBuilder(
          """
          | format | rows | s | MB | rows/s | COPY, s | of COPY's time | heap above idle, MB |
          | --- | --- | --- | --- | --- | --- | --- | --- |
          """);

  @Test
  void aMillionRowsLeaveInBoundedHeap(Page page) throws Exception {
    try (KvantInstance kvant = KvantInstance.start("export-speed", Map.of())) {
      fill(kvant);
      Person person = Person.make(kvant, "export-speed", Permission.READ_DEVICES);
      person.enter(page);
      for (String format : List.of("XLSX", "CSV", "TSV", "XML", "HTML", "PDF")) {
        long group = format.equals("PDF") ? 77012 : 77011;
        page.navigate(kvant.url() + "/monitoring.xhtml?g=" + group);
        page.waitForLoadState();
        // Once more slowly: collecting the heap all the time is not what exports do.
        measure(kvant, page, format, group);
      }
      Path file = Path.of("target/export-speed.md");
      Files.writeString(file, report);
      System.out.println(report);
    }
  }

  private void measure(KvantInstance kvant, Page page, String format, long group) throws Exception {
    long idle = used(kvant);
    long copyBefore = copy(kvant, group);
    long begun = System.nanoTime();
    long bytes;
    try (Stalled export = Stalled.begin(kvant, page, format, ROOM)) {
      bytes = export.whole();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    double copied = (copyBefore + copy(kvant, group)) / 2e9;
    long most = 0;
    int samples = 0;
    try (Stalled export = Stalled.begin(kvant, page, format, ROOM)) {
      CompletableFuture<Long> taking = CompletableFuture.supplyAsync(export::whole);
      do {
        most = Math.max(most, used(kvant));
        samples++;
      } while (!taking.isDone());
      assertThat(taking.join()).isPositive();
    }
    int rows = format.equals("PDF") ? PAPER : ROWS;
    long above = Math.max(0, (most - idle) / 1024);
    String line =
        String.format(
            Locale.ROOT,
            "| %s | %,d | %.1f | %,d | %,d | %.1f | %.1f | %d (%d samples) |%n",
            format,
            rows,
            seconds,
            bytes >> 20,
            Math.round(rows / seconds),
            copied,
            seconds / copied,
            above,
            samples);
    System.out.print(line);
    report.append(line);
    assertThat(above).as(format).isLessThanOrEqualTo(MOST_ABOVE_IDLE);
  }

  private static long copy(KvantInstance kvant, long group) throws Exception {
    try (Connection connection = kvant.connect()) {
      long begun = System.nanoTime();
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(COPY.formatted(group), OutputStream.nullOutputStream());
      return System.nanoTime() - begun;
    }
  }

  /**
   * Heap that is reachable, kB: counted by the command that collects, because an export makes a
   * hundred megabytes of garbage a second. The least of a few, because no collection is made while
   * a native call has an array of the heap, as compressing has half of the time.
   */
  private static long used(KvantInstance kvant) throws IOException, InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < LOOKS; i++) {
      Matcher used = USED.matcher(jcmd(kvant, "GC.class_histogram"));
      assertThat(used.find()).isTrue();
      least = Math.min(least, Long.parseLong(used.group(1)) >> 10);
    }
    return least;
  }

  private static String jcmd(KvantInstance kvant, String command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(kvant.serverProcess().pid()),
                command)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static void fill(KvantInstance kvant) throws Exception {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into device_group (id, organisation_id, name, position) overriding system value
            select n, o.id, 'ВЫГРУЗКА ' || n, n from organisation o, generate_series(77011, 77012) n
            where o.runs_installation;
          insert into device (id, organisation_id, group_id, kind, state, imei, serial, model, comment,
              commissioned_at) overriding system value
            select 7700000 + n, g.organisation_id, case when n <= %1$d then g.id else g.id + 1 end, 'MODULE', 'REGISTERED',
              77000000000000 + n, 770000000000 + n, 642, 'Кв. ' || n %% 300 || ', стояк ' || n %% 4,
              '2020-12-01Z'
            from device_group g, generate_series(1, %1$d + %2$d) n where g.id = 77011;
          insert into device_state (device_id, session_id, protocol, model, iccid, last_contact_at,
              module_time, record_number, received_at, meter_time, resource, temperature, battery,
              measurement_errors, temperature_errors, control_errors, calibration_errors,
              hardware_errors, status, rssi, band, period_minutes, sessions_total, sessions_day,
              reading, reading_module_time, reading_record_number)
            select id, 1, 5, 642, (8970101008530000000 + id)::text, t, t, 1, t, t,
              5.65 + id %% 100 / 100.0, 20.1 + id %% 77 / 100.0, 3.3 + id %% 40 / 100.0, 0, id %% 5, 0, 0, 0, 4097,
              -60 - id %% 50, 0, 60, 5085 + id %% 1000, 24, id %% 100000 / 7.0, t, 1
            from device, lateral (select timestamptz '2021-02-15T11:00:00Z' + id %% 3600 * interval '1 s' as t) at
            where id > 7700000;
          """
              .formatted(ROWS, PAPER));
      statement.execute("vacuum analyze device");
      statement.execute("vacuum analyze device_state");
    }
  }
}
