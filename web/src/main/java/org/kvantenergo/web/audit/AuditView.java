package org.kvantenergo.web.audit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditLog;
import org.kvantenergo.audit.AuditRow;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * «Журнал действий»: the address says what is listed, so that it can be linked and gone back to.
 */
@Named("audit")
@RequestScoped
public class AuditView {

  static final int ROWS = 100;

  @Inject private AuditLog log;
  @Inject private CurrentViewer viewer;
  @Inject private HttpServletRequest request;
  @Inject private Clock clock;

  private AuditQuery query;
  private List<AuditLine> lines = List.of();
  private long total;
  private boolean failed;

  /** Reads it before the page is shown. */
  public void load() {
    query = AuditQuery.of(request::getParameter);
    try {
      Page<AuditRow> page =
          log.list(
              viewer.caller(),
              query.filter(viewer.zone()),
              new Slice((long) query.page() * ROWS, ROWS));
      LocalDate today = LocalDate.ofInstant(clock.instant(), viewer.zone());
      lines = page.rows().stream().map(row -> Lines.line(row, viewer.zone(), today)).toList();
      total = page.total();
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      failed = true;
    }
  }

  public List<AuditLine> getLines() {
    return lines;
  }

  public long getTotal() {
    return total;
  }

  public boolean isFailed() {
    return failed;
  }

  public String getFrom() {
    return query.from();
  }

  public String getUntil() {
    return query.until();
  }

  public String getLogin() {
    return query.login();
  }

  public String getAction() {
    return query.action();
  }

  public String getText() {
    return query.text();
  }

  /** What can be chosen. */
  public AuditAction[] getActions() {
    return AuditAction.values();
  }

  /** Number of the first row that is shown; 0 if there is none. */
  public long getFirst() {
    return lines.isEmpty() ? 0 : (long) query.page() * ROWS + 1;
  }

  /** Number of the last row that is shown. */
  public long getLast() {
    return (long) query.page() * ROWS + lines.size();
  }

  /** Where the export is. */
  public String getExport() {
    return "audit.csv?" + query.address();
  }

  /** Where newer rows are; empty if there are none. */
  public String getNewer() {
    return query.page() == 0 ? "" : page(query.page() - 1);
  }

  /** Where older rows are; empty if there are none. */
  public String getOlder() {
    return getLast() >= total ? "" : page(query.page() + 1);
  }

  private String page(int number) {
    return "audit.xhtml?" + query.address() + "&page=" + number;
  }
}
