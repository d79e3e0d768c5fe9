package org.kvantenergo.web.custody;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.reading.Custody;
import org.kvantenergo.reading.Evidence;
import org.kvantenergo.reading.RecordKey;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.security.CurrentViewer;

/** How one record came: parameters {@code device} and {@code record}, so that it can be linked. */
@Named("custody")
@RequestScoped
public class CustodyView {

  @Inject private DeviceDirectory directory;
  @Inject private Custody custody;
  @Inject private CurrentViewer viewer;

  private Identifier serial;
  private String moduleTime = "";
  private String recordNumber = "";
  private List<Section> sections = List.of();
  private boolean failed;

  /** Reads it before the page is shown; answers 404 where there is nothing that may be seen. */
  public void load() throws IOException {
    FacesContext faces = FacesContext.getCurrentInstance();
    ExternalContext request = faces.getExternalContext();
    try {
      if (!find(
          request.getRequestParameterMap().get("device"),
          request.getRequestParameterMap().get("record"))) {
        request.responseSendError(HttpServletResponse.SC_NOT_FOUND, "");
        faces.responseComplete();
      }
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      failed = true;
    }
  }

  private boolean find(String device, String record) {
    Optional<RecordKey> key = RecordKey.parse(record);
    if (key.isEmpty() || device == null || !device.matches("[1-9]\\d{0,17}")) {
      return false;
    }
    DeviceId id = new DeviceId(Long.parseLong(device));
    Optional<DeviceRow> row = directory.find(viewer.scope(), id);
    Optional<Evidence> evidence = custody.of(viewer.scope(), id, key.get());
    if (row.isEmpty() || evidence.isEmpty()) {
      return false;
    }
    serial = Identifier.serial(row.get().serial());
    moduleTime = Moment.of(key.get().moduleTime(), viewer.zone(), java.time.LocalDate.EPOCH).text();
    recordNumber = Long.toString(key.get().recordNumber());
    sections = new Findings(viewer.getLocale(), viewer.zone()).of(evidence.get());
    return true;
  }

  public Identifier getSerial() {
    return serial;
  }

  /** Module's clock in the record. */
  public String getModuleTime() {
    return moduleTime;
  }

  public String getRecordNumber() {
    return recordNumber;
  }

  public List<Section> getSections() {
    return sections;
  }

  /** Whether the database could not be asked. */
  public boolean isFailed() {
    return failed;
  }
}
