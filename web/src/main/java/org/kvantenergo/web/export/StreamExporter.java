package org.kvantenergo.web.export;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;
import org.primefaces.component.datatable.DataTable;
import org.primefaces.component.export.ExportConfiguration;
import org.primefaces.component.export.Exporter;

/**
 * What {@code p:dataExporter} calls for a table: takes the table's {@link TableSource}, its
 * attribute {@link #SOURCE}, and never the rows that the table holds. Parameter {@code ticket}: by
 * which the page knows the export again.
 */
public abstract class StreamExporter implements Exporter<DataTable> {

  /** Attribute of the table: the source, or null if there is nothing to take away. */
  public static final String SOURCE = "export";

  private static final String TICKET = "[0-9A-Za-z-]{1,40}";

  private final Format format;

  StreamExporter(Format format) {
    this.format = format;
  }

  @Override
  public void export(FacesContext faces, List<DataTable> tables, ExportConfiguration unused)
      throws IOException {
    CurrentViewer viewer = CDI.current().select(CurrentViewer.class).get();
    String ticket = Asked.text("ticket");
    Export.Owner owner =
        new Export.Owner(
            viewer.get().accountId(),
            String.valueOf(viewer.token()),
            ticket.matches(TICKET) ? ticket : "");
    CDI.current()
        .select(Exports.class)
        .get()
        .send(
            viewer.caller(),
            owner,
            (TableSource) tables.get(0).getAttributes().get(SOURCE),
            format,
            (HttpServletResponse) faces.getExternalContext().getResponse());
  }

  @Override
  public String getContentType() {
    return format.contentType();
  }

  @Override
  public String getFileExtension() {
    return format.extension();
  }

  /** XLSX. */
  public static final class Xlsx extends StreamExporter {
    /** For PrimeFaces. */
    public Xlsx() {
      super(Format.XLSX);
    }
  }

  /** CSV. */
  public static final class Csv extends StreamExporter {
    /** For PrimeFaces. */
    public Csv() {
      super(Format.CSV);
    }
  }

  /** TSV. */
  public static final class Tsv extends StreamExporter {
    /** For PrimeFaces. */
    public Tsv() {
      super(Format.TSV);
    }
  }

  /** XML. */
  public static final class Xml extends StreamExporter {
    /** For PrimeFaces. */
    public Xml() {
      super(Format.XML);
    }
  }

  /** HTML. */
  public static final class Html extends StreamExporter {
    /** For PrimeFaces. */
    public Html() {
      super(Format.HTML);
    }
  }

  /** PDF. */
  public static final class Pdf extends StreamExporter {
    /** For PrimeFaces. */
    public Pdf() {
      super(Format.PDF);
    }
  }
}
