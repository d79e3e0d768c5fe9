package org.kvantenergo.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.File;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.FutureTask;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import nu.validator.client.EmbeddedValidator;
import nu.validator.htmlparser.common.XmlViolationPolicy;
import nu.validator.htmlparser.dom.HtmlDocumentBuilder;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A file that was exported, opened by a reader that is none of ours and lets no error pass.
 *
 * @param name as the browser would save it
 * @param header the columns; of XML their names
 * @param rows their values as they stand there; null where XML has none
 * @param text all of a PDF; empty of others
 */
record Opened(String name, List<String> header, List<List<String>> rows, String text) {

  private static final Path SCHEMA = Path.of("../docs/schema/kvant-export-1.xsd");

  static Opened of(Download download, String format) throws Exception {
    File file = download.path().toFile();
    String name = download.suggestedFilename();
    return switch (format) {
      case "XLSX" -> table(name, workbook(file));
      case "CSV" -> table(name, lines(Files.readString(file.toPath()).substring(1), ';'));
      case "TSV" -> table(name, lines(Files.readString(file.toPath()), '\t'));
      case "HTML" -> table(name, page(file));
      case "XML" -> xml(name, file);
      default -> new Opened(name, List.of(), List.of(), paper(file));
    };
  }

  private static Opened table(String name, List<List<String>> all) {
    return new Opened(name, all.get(0), all.subList(1, all.size()), "");
  }

  /** The values of a column by its header or its name. */
  List<String> column(String header) {
    int at = header().indexOf(header);
    if (at < 0) {
      throw new AssertionError("no column " + header + " among " + header());
    }
    return rows.stream().map(row -> row.get(at)).toList();
  }

  /** The sum of a column's numbers. */
  BigDecimal sum(String header) {
    return column(header).stream()
        .filter(value -> value != null && !value.isEmpty())
        .map(value -> new BigDecimal(value.replace(',', '.')))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .stripTrailingZeros();
  }

  private static List<List<String>> lines(String file, char separator) throws Exception {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().fieldSeparator(separator).ofCsvRecord(file)) {
      return reader.stream().map(CsvRecord::getFields).toList();
    }
  }

  private static List<List<String>> page(File file) throws Exception {
    assertThat(validated(file)).as("what the W3C's checker says").isEmpty();
    HtmlDocumentBuilder parser = new HtmlDocumentBuilder(XmlViolationPolicy.FATAL);
    parser.setErrorHandler(new Strict());
    Document document;
    try (InputStream in = Files.newInputStream(file.toPath())) {
      document = parser.parse(new InputSource(in));
    }
    List<List<String>> rows = new ArrayList<>();
    NodeList lines = document.getElementsByTagName("tr");
    for (int i = 0; i < lines.getLength(); i++) {
      rows.add(
          children(lines.item(i)).stream().map(cell -> cell.getTextContent().strip()).toList());
    }
    return rows;
  }

  private static String validated(File file) throws Exception {
    EmbeddedValidator validator = new EmbeddedValidator();
    validator.setOutputFormat(EmbeddedValidator.OutputFormat.GNU);
    FutureTask<String> check =
        new FutureTask<>(
            () -> {
              try (InputStream in = Files.newInputStream(file.toPath())) {
                return validator.validate(in);
              }
            });
    // Its grammar is deep.
    new Thread(null, check, "checker", 64 << 20).start();
    return check.get();
  }

  private static Opened xml(String name, File file) throws Exception {
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(SCHEMA.toFile())
        .newValidator()
        .validate(new StreamSource(file));
    DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    parser.setErrorHandler(new Strict());
    Element root = parser.parse(file).getDocumentElement();
    List<String> header = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (Element element : children(root)) {
      switch (element.getTagName()) {
        case "columns" -> children(element).forEach(c -> header.add(c.getAttribute("name")));
        case "row" -> rows.add(values(element, header));
        default -> {
          if (!element.getAttribute("rows").equals(Integer.toString(rows.size()))) {
            throw new AssertionError(rows.size() + " rows, and the end says otherwise");
          }
        }
      }
    }
    return new Opened(name, header, rows, "");
  }

  private static List<String> values(Element row, List<String> header) {
    List<String> values = new ArrayList<>();
    Iterator<Element> cells = children(row).iterator();
    Element next = cells.hasNext() ? cells.next() : null;
    for (String column : header) {
      boolean there = next != null && next.getTagName().equals(column);
      values.add(there ? next.getTextContent() : null);
      next = there ? (cells.hasNext() ? cells.next() : null) : next;
    }
    return values;
  }

  private static List<Element> children(Node parent) {
    List<Element> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  private static String paper(File file) throws Exception {
    try (PDDocument document = Loader.loadPDF(file)) {
      return new PDFTextStripper().getText(document);
    }
  }

  /** By POI's event reader: values as they are stored, all sheets one after the other. */
  private static List<List<String>> workbook(File file) throws Exception {
    Cells cells = new Cells();
    try (OPCPackage book = OPCPackage.open(file, PackageAccess.READ)) {
      Iterator<InputStream> sheets = new XSSFReader(book).getSheetsData();
      while (sheets.hasNext()) {
        try (InputStream sheet = sheets.next()) {
          SAXParserFactory parsers = SAXParserFactory.newInstance();
          parsers.newSAXParser().parse(sheet, cells);
        }
      }
    }
    int width = cells.rows.get(0).size();
    cells.rows.forEach(
        row -> {
          while (row.size() < width) {
            row.add("");
          }
        });
    return List.copyOf(cells.rows);
  }

  /** Takes the values of a sheet's cells. */
  private static final class Cells extends DefaultHandler {
    private final List<List<String>> rows = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean value;

    @Override
    public void startElement(String uri, String local, String name, Attributes attributes) {
      switch (name) {
        case "row" -> rows.add(new ArrayList<>());
        case "c" -> {
          List<String> row = rows.get(rows.size() - 1);
          int column = column(attributes.getValue("r"));
          while (row.size() < column) {
            row.add("");
          }
          text.setLength(0);
        }
        case "f" -> throw new AssertionError("a formula");
        case "v", "t" -> value = true;
        default -> {}
      }
    }

    private static int column(String cell) {
      int column = 0;
      for (int i = 0; i < cell.length(); i++) {
        char c = cell.charAt(i);
        if (Character.isLetter(c)) {
          column = column * 26 + c - 'A' + 1;
        }
      }
      return column - 1;
    }

    @Override
    public void characters(char[] characters, int from, int length) {
      if (value) {
        text.append(characters, from, length);
      }
    }

    @Override
    public void endElement(String uri, String local, String name) {
      if (name.equals("v") || name.equals("t")) {
        value = false;
      } else if (name.equals("c")) {
        rows.get(rows.size() - 1).add(text.toString());
      }
    }
  }

  /** Lets nothing pass. */
  private static final class Strict extends DefaultHandler {
    @Override
    public void warning(SAXParseException e) throws SAXParseException {
      throw e;
    }

    @Override
    public void error(SAXParseException e) throws SAXParseException {
      throw e;
    }
  }
}
