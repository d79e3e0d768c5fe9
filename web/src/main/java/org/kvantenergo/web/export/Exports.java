package org.kvantenergo.web.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.web.WebLog;

/**
 * Answers a request with a table. What went wrong before the first byte is told by the page, which
 * the browser stays on; after it the connection is ended, so that no file looks whole that is not.
 */
@ApplicationScoped
public class Exports {

  private final RunningExports running;
  private final AuditTrail audit;
  private final Clock clock;

  @Inject
  public Exports(RunningExports running, AuditTrail audit, Clock clock) {
    this.running = running;
    this.audit = audit;
    this.clock = clock;
  }

  /** For the proxies of CDI. */
  protected Exports() {
    this(null, null, null);
  }

  /**
   * Sends.
   *
   * @param source null if there is nothing to be sent
   */
  void send(
      Caller caller,
      Export.Owner owner,
      TableSource source,
      Format format,
      HttpServletResponse response)
      throws IOException {
    caller.require(Permission.READ_DEVICES);
    if (source == null) {
      running.refused(owner, "", Export.State.NOTHING);
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    Export export = running.begin(owner, FileName.of(source.heading(), format).name());
    if (!export.getState().isUnderWay()) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    Map<String, String> about = about(source, format);
    Runnable cut = Wire.cutter();
    export.workedOnHere(cut);
    Export.State how = Export.State.FAILED;
    Sending sending = new Sending(export, source, format, response, clock);
    try {
      // Before the first byte: nothing leaves that is not noted.
      audit.note(caller, AuditAction.TABLE_EXPORT_BEGUN, source.heading().title(), Map.of(), about);
      how = sent(source, sending, export);
    } finally {
      export.end(how, clock.instant());
      if (how != Export.State.DONE) {
        breakOff(response, cut);
      }
      about.put("rows", Long.toString(sending.rows()));
      audit.note(
          caller,
          how == Export.State.DONE ? AuditAction.TABLE_EXPORTED : AuditAction.TABLE_EXPORT_BROKEN,
          source.heading().title(),
          Map.of(),
          about);
    }
  }

  private static Export.State sent(TableSource source, Sending sending, Export export) {
    try {
      source.read(sending);
      sending.end();
      return Export.State.DONE;
    } catch (Sending.TooManyRowsException e) {
      return Export.State.TOO_MANY;
    } catch (IOException | RuntimeException e) {
      if (export.isCancelled() || sending.isBroken()) {
        return Export.State.CANCELLED;
      }
      WebLog.EXPORT_FAILED.say(e);
      return Export.State.FAILED;
    }
  }

  private static void breakOff(HttpServletResponse response, Runnable cut) {
    if (response.isCommitted()) {
      cut.run();
    } else {
      response.resetBuffer();
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
  }

  private static Map<String, String> about(TableSource source, Format format) {
    Heading heading = source.heading();
    Map<String, String> about = new TreeMap<>();
    about.put("table", heading.table());
    about.put("format", format.name());
    about.put("filter", heading.filter());
    about.put("columns", Integer.toString(source.columns().size()));
    if (heading.secret()) {
      about.put("secrets", "true");
    }
    return about;
  }
}
