package org.kvantenergo.it.proof;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.browser.BrowserExtension;
import org.kvantenergo.simulator.Faults;
import org.kvantenergo.simulator.Fleet;
import org.kvantenergo.simulator.Journal;
import org.kvantenergo.simulator.Keys;
import org.kvantenergo.simulator.Simulation;
import org.kvantenergo.simulator.Totals;
import org.kvantenergo.simulator.net.Target;

/**
 * A schedule for many locked modules at once, sent from the page as a campaign of tasks: some
 * sessions break off between a command and its result, their modules come back at once, and the
 * server is killed in the middle. Every command ends proven, none is carried out twice, all modules
 * are locked again.
 */
@ExtendWith({ProofExtension.class, BrowserExtension.class})
class CampaignKillIT {

  private static final int MODULES = ProofExtension.FULL ? 10_000 : 200;
  private static final Duration HOUR = Duration.ofSeconds(ProofExtension.FULL ? 60 : 4);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final double DROPPED = 0.05;
  private static final long FIRST = 300_000_000_000L;
  private static final List<Integer> KILLED_AT =
      ProofExtension.FULL ? List.of(20, 60) : List.of(40);

  /** Open, change, lock. */
  private static final int COMMANDS_EACH = 3;

  private static final String OURS = "command where campaign_id = (select max(id) from campaign)";

  private KvantInstance kvant;

  @Test
  void everyCommandIsProvenAndCarriedOutOnce(KvantInstance instance, Page page) throws Exception {
    kvant = instance;
    Path journal = kvant.folder().resolve("campaign-journal.txt");
    Files.deleteIfExists(journal);
    List<String> messages = new CopyOnWriteArrayList<>();
    Report report = new Report(kvant, "campaign");
    report.put("modules", MODULES);
    report.put("sessions broken off", DROPPED);
    try (Simulation simulation = simulation(journal, messages)) {
      Fleet fleet = new Fleet(simulation, plan());
      fleet.start();
      Waiting.until("every module has reported", () -> reported() == MODULES);
      long sent = System.nanoTime();
      send(page);
      report.put("sent and answered ms", since(sent));
      for (int percent : KILLED_AT) {
        Waiting.until(percent + " % proven", () -> proven() * 100 >= percent * commands());
        kvant.kill();
        report.row("killed at % proven", percent, "after s", since(sent) / 1000);
        kvant.startServer();
      }
      Waiting.until("every command is proven", () -> proven() == commands());
      Waiting.until("the campaign is over", () -> campaign().equals("DONE"));
      report.put("all proven after s", since(sent) / 1000);
      simulation.stop();
      fleet.finish();
      Waiting.until("every session ends", () -> simulation.totals().snapshot().open() == 0);
      Totals.Snapshot totals = simulation.totals().snapshot();
      report.put("commands", commands());
      report.put("carried out", totals.commands().executed());
      report.put("carried out twice", totals.commands().twice());
      report.put("came again", totals.commands().repeated());
      report.put("broken off", totals.commands().dropped());
      assertThat(totals.unexpected()).as("%s", messages).isZero();
      assertThat(totals.commands().twice()).isZero();
      assertThat(totals.commands().dropped()).isPositive();
    }
    assertThat(count("select count(*) from " + OURS)).isEqualTo(commands());
    assertThat(
            Journal.commands(journal).stream()
                .filter(entry -> entry.step() == Journal.Step.EXECUTED)
                .map(Journal.CommandEntry::commandId))
        .doesNotHaveDuplicates()
        .hasSize((int) commands());
    assertThat(
            count(
                "select count(*) from device d join device_state s on s.device_id = d.id where "
                    + ours("d.serial")
                    + " and s.status & 16384 <> 0"))
        .as("left open")
        .isZero();
  }

  private static long commands() {
    return (long) MODULES * COMMANDS_EACH;
  }

  private static String ours(String serial) {
    return serial + " between " + (FIRST + 1) + " and " + (FIRST + MODULES);
  }

  private long reported() throws SQLException {
    return count(
        "select count(*) from device d join device_state s on s.device_id = d.id where "
            + ours("d.serial")
            + " and s.received_at is not null");
  }

  private long proven() throws SQLException {
    return count("select count(*) from " + OURS + " and state = 'VERIFIED'");
  }

  private String campaign() throws SQLException {
    return value("select state from campaign order by id desc limit 1");
  }

  private long count(String sql) throws SQLException {
    return Long.parseLong(value(sql));
  }

  private String value(String sql) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static long since(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }

  /** As an operator does it: with a list from a file, a few first, and the password again. */
  private void send(Page page) {
    page.navigate(kvant.url() + "/login.xhtml");
    page.fill("#login", "admin");
    page.fill("#password", "kvant-demo-admin-1");
    page.press("#password", "Enter");
    page.waitForLoadState();
    page.navigate(kvant.url() + "/monitoring.xhtml");
    assertThat(page.locator("#live.on")).isVisible();
    page.keyboard().press("Alt+KeyK");
    page.locator("#tools ~ .sheet [data-command=SCHEDULE]").click();
    page.locator("[name=order-aim][value=LIST] + span").click();
    String numbers =
        LongStream.rangeClosed(FIRST + 1, FIRST + MODULES)
            .mapToObj(Long::toString)
            .collect(Collectors.joining("\n"));
    page.setInputFiles(
        "#order-file",
        new FilePayload("modules.txt", "text/plain", numbers.getBytes(StandardCharsets.UTF_8)));
    page.locator("[data-period='360']").click();
    page.fill("#order-ATTEMPTS", "10");
    page.selectOption("#order-how", "FIRST");
    page.fill("#order-CANARIES", "20");
    page.fill("#order-THRESHOLD", "90");
    page.fill("#order-NAME", "Расписание всем");
    page.fill("#order-PASSWORD", "kvant-demo-admin-1");
    assertThat(page.locator("#order-composite")).isChecked();
    page.click("#order-go");
    assertThat(page.locator("#order-notes a")).isVisible();
  }

  private Simulation simulation(Path journal, List<String> messages) throws Exception {
    return new Simulation(
        new Simulation.Settings(
            Target.of("127.0.0.1", kvant.modulePort()),
            1,
            journal,
            LONGEST_WAIT,
            Keys.RECORDED,
            false),
        Clock.systemUTC(),
        messages::add);
  }

  private static Fleet.Plan plan() {
    return new Fleet.Plan(
        MODULES,
        0,
        HOUR,
        0,
        false,
        Faults.shares(0, 0, DROPPED, 0),
        Integer.MAX_VALUE,
        0,
        0,
        Fleet.Stations.NONE);
  }
}
