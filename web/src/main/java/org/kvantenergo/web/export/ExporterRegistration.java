package org.kvantenergo.web.export;

import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import java.util.concurrent.atomic.AtomicBoolean;
import org.primefaces.component.datatable.DataTable;
import org.primefaces.component.export.DataExporters;

/**
 * Puts our exporters in the place of PrimeFaces' own, once: with the first request, because what it
 * registers them in is there only then.
 */
public class ExporterRegistration implements PhaseListener {

  private static final long serialVersionUID = 1L;

  private final AtomicBoolean done = new AtomicBoolean();

  @Override
  public PhaseId getPhaseId() {
    return PhaseId.RESTORE_VIEW;
  }

  @Override
  public void beforePhase(PhaseEvent event) {
    if (done.compareAndSet(false, true)) {
      DataExporters.register(DataTable.class, StreamExporter.Xlsx.class, "xlsx");
      DataExporters.register(DataTable.class, StreamExporter.Csv.class, "csv");
      DataExporters.register(DataTable.class, StreamExporter.Tsv.class, "tsv");
      DataExporters.register(DataTable.class, StreamExporter.Xml.class, "xml");
      DataExporters.register(DataTable.class, StreamExporter.Html.class, "html");
      DataExporters.register(DataTable.class, StreamExporter.Pdf.class, "pdf");
    }
  }
}
