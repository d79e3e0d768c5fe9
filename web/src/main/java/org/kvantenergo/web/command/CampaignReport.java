package org.kvantenergo.web.command;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.Campaigns;
import org.kvantenergo.command.Campaigns.CampaignRow;
import org.kvantenergo.command.Campaigns.Outcome;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.web.export.FileName;
import org.kvantenergo.web.export.Format;
import org.kvantenergo.web.export.Heading;
import org.kvantenergo.web.format.Csv;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * What became of each device of a campaign as CSV: {@code /campaign.csv?id=…}. Streams. Of one that
 * is not for the viewer, as of none at all, there is no file.
 */
@WebServlet("/campaign.csv")
public class CampaignReport extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Campaigns campaigns;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    viewer.requireCommands();
    String id = request.getParameter("id");
    CampaignId campaign =
        new CampaignId(id != null && id.matches("[0-9]{1,15}") ? Long.parseLong(id) : 0);
    Optional<CampaignRow> row = campaigns.find(viewer.caller(), campaign);
    if (row.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    CampaignLines lines = new CampaignLines(viewer.getLocale(), viewer.zone(), clock);
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader("Content-Disposition", name(row.get(), lines).disposition());
    PrintWriter out = response.getWriter();
    out.print(Csv.BYTE_ORDER_MARK);
    out.print(
        Csv.line(
            Stream.of("serial", "imei", "canary", "state", "why", "attempts", "at", "command")
                .map(column -> lines.texts().text("campaign.col." + column))));
    campaigns.stream(
        viewer.caller(),
        campaign,
        new Rows<Outcome>() {
          @Override
          public void total(long count) {
            // Nothing is said of it in the file.
          }

          @Override
          public void row(Outcome outcome) {
            out.print(Csv.line(cells(lines.outcome(outcome, 0), lines.texts())));
          }
        });
  }

  private FileName name(CampaignRow row, CampaignLines lines) {
    String title = lines.texts().said("campaign.file", String.valueOf(row.id().value()));
    Heading heading =
        new Heading(
            "campaign",
            title + " " + row.plan().name(),
            "",
            clock.instant(),
            viewer.zone(),
            viewer.getLocale(),
            false);
    return FileName.of(heading, Format.CSV);
  }

  private static Stream<String> cells(OutcomeLine line, CommandLines words) {
    return Stream.of(
        line.serial().text(),
        line.imei().text(),
        line.canary() ? words.text("campaign.canary") : "",
        line.chip().text(),
        line.why(),
        line.attempts(),
        line.at().text(),
        line.command() == 0 ? "" : Long.toString(line.command()));
  }
}
