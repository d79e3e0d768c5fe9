package org.kvantenergo.web.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import nu.validator.htmlparser.common.XmlViolationPolicy;
import nu.validator.htmlparser.dom.HtmlDocumentBuilder;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** What is written is read by others as what it was. */
class WritersTest {

  private static final Path SCHEMA = Path.of("../docs/schema/kvant-export-1.xsd");

  @Test
  void csvIsForSpreadsheetsOfTheViewersLanguage() throws Exception {
    String file = text(Format.CSV, Example.RUSSIAN);
    assertThat(file).startsWith("\uFEFF№;IMEI;\"Показания, м³\"".replace("\"", ""));
    List<CsvRecord> records = csv(file.substring(1), ';');
    assertThat(records.get(0).getFields())
        .containsExactly(
            "№",
            "IMEI",
            "Показания, м³",
            "Температура, °C",
            "Время получения пакета (Europe/Moscow)",
            "Комментарий");
    assertThat(records.get(1).getFields())
        .containsExactly(
            "-1", "869696040000123", "1234567,125", "-3,6", "30.11.2026 14:05:09", "'=1+1");
    assertThat(records.get(2).getField(2)).isEqualTo("NaN");
    assertThat(records.get(3).getField(2)).isEqualTo("'-INF");
    assertThat(records.get(4).getField(3)).isEmpty();
    assertThat(records.stream().skip(1).map(record -> record.getField(5)))
        .startsWith("'=1+1", "'+7 800", "'-5", "'@SUM(A1)", "'\t=1", "'\r=1", "a\"b;c,d\ne")
        .endsWith(Example.CLEF);

    String english = text(Format.CSV, Locale.ENGLISH).substring(1);
    assertThat(csv(english, ',').get(1).getFields()).contains("1234567.125", "-3.6");
  }

  @Test
  void tsvIsForPrograms() throws Exception {
    String file = text(Format.TSV, Example.RUSSIAN);
    assertThat(file.lines()).hasSize(1 + Example.ROWS.size());
    List<CsvRecord> records = csv(file, '\t');
    assertThat(records.get(1).getFields())
        .containsExactly(
            "-1", "869696040000123", "1234567.125", "-3.6", "2026-11-30T14:05:09+03:00", "'=1+1");
    assertThat(records.stream().skip(5).map(record -> record.getField(5)))
        .startsWith("' =1", "' =1", "a\"b;c,d e");
  }

  @Test
  void xmlIsOfThePublishedSchema() throws Exception {
    byte[] file = Example.written(Format.XML, Example.RUSSIAN);
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(SCHEMA.toFile())
        .newValidator()
        .validate(new StreamSource(new ByteArrayInputStream(withoutFirst(file))));
    Document document = xml(file);
    Element root = document.getDocumentElement();
    assertThat(root.getAttribute("filter")).isEqualTo("Группа: <642M> & \"все\"");
    assertThat(root.getAttribute("at")).isEqualTo("2026-11-30T14:05:09+03:00");
    assertThat(values(document, "comment"))
        .startsWith("=1+1", "+7 800", "-5", "@SUM(A1)", "\t=1", "\r=1", "a\"b;c,d\ne")
        .endsWith("<script>&amp;", "\uFFFD\uFFFD\uFFFD\uFFFDx", Example.CLEF);
    assertThat(values(document, "reading")).startsWith("1234567.125", "NaN", "-INF");
    assertThat(values(document, "temperature")).hasSize(Example.ROWS.size() - 1);
    assertThat(((Element) root.getElementsByTagName("end").item(0)).getAttribute("rows"))
        .isEqualTo("10");
  }

  @Test
  void aFileThatWasCutIsNoXml() throws Exception {
    byte[] file = Example.written(Format.XML, Example.RUSSIAN);
    byte[] cut = java.util.Arrays.copyOf(file, file.length - 30);
    assertThatThrownBy(() -> xml(cut)).isInstanceOf(SAXException.class);
  }

  @Test
  void htmlIsWithoutAnError() throws Exception {
    HtmlDocumentBuilder parser = new HtmlDocumentBuilder(XmlViolationPolicy.FATAL);
    parser.setErrorHandler(new Strict());
    Document document =
        parser.parse(new InputSource(new StringReader(text(Format.HTML, Example.RUSSIAN))));
    assertThat(document.getDocumentElement().getAttribute("lang")).isEqualTo("ru");
    assertThat(values(document, "th"))
        .containsExactly(
            "№",
            "IMEI",
            "Показания, м³",
            "Температура, °C",
            "Время получения пакета (Europe/Moscow)",
            "Комментарий\n");
    List<String> cells = values(document, "td");
    assertThat(cells).hasSize(60);
    assertThat(cells.subList(0, 6))
        .containsExactly(
            "-1", "869696040000123", "1234567,125", "-3,6", "30.11.2026 14:05:09", "'=1+1\n");
    assertThat(cells.get(47)).isEqualTo("<script>&amp;\n");
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getElementsByTagName("p").item(1).getTextContent()).isEqualTo("Строк: 10");
  }

  @Test
  void aWorkbookHasNumbersAndTimesAndNoFormula() throws Exception {
    byte[] file = Example.written(Format.XLSX, Example.RUSSIAN);
    try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(file))) {
      XSSFSheet sheet = book.getSheetAt(0);
      assertThat(sheet.getSheetName()).isEqualTo("Модули 642M_MTS");
      assertThat(sheet.getPaneInformation().getHorizontalSplitTopRow()).isEqualTo((short) 1);
      assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:F11");
      assertThat(sheet.getRow(1).getCell(0).getNumericCellValue()).isEqualTo(-1);
      assertThat(sheet.getRow(1).getCell(1).getStringCellValue()).isEqualTo("869696040000123");
      assertThat(sheet.getRow(1).getCell(1).getCellStyle().getDataFormatString()).isEqualTo("@");
      assertThat(sheet.getRow(1).getCell(2).getNumericCellValue()).isEqualTo(1234567.125);
      assertThat(sheet.getRow(1).getCell(2).getCellStyle().getDataFormatString()).isEqualTo("0.00");
      assertThat(sheet.getRow(1).getCell(3).getNumericCellValue()).isEqualTo(-3.6);
      assertThat(sheet.getRow(1).getCell(4).getLocalDateTimeCellValue())
          .isEqualTo(LocalDateTime.parse("2026-11-30T14:05:09"));
      assertThat(sheet.getRow(2).getCell(2).getStringCellValue()).isEqualTo("NaN");
      assertThat(sheet.getRow(3).getCell(2).getStringCellValue()).isEqualTo("-INF");
      assertThat(sheet.getRow(4).getCell(3)).isNull();
      List<String> comments = new ArrayList<>();
      for (int i = 1; i <= Example.ROWS.size(); i++) {
        Cell cell = sheet.getRow(i).getCell(5);
        assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
        comments.add(cell.getStringCellValue());
      }
      assertThat(comments)
          .startsWith("=1+1", "+7 800", "-5", "@SUM(A1)")
          .endsWith("<script>&amp;", "\uFFFD\uFFFD\uFFFD\uFFFDx", Example.CLEF);
      assertThat(sheet.getRow(1).getCell(5).getCellStyle().getDataFormatString()).isEqualTo("@");
    }
  }

  @Test
  void rowsThatDoNotFitOnASheetGoToTheNext() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Example.write(new XlsxWriter(Example.heading(Example.RUSSIAN), Example.COLUMNS, out, 4));
    try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
      List<Integer> last = new ArrayList<>();
      for (Sheet sheet : book) {
        last.add(sheet.getLastRowNum());
        assertThat(sheet.getRow(0).getCell(0).getStringCellValue()).isEqualTo("№");
      }
      assertThat(last).containsExactly(4, 4, 2);
      assertThat(book.getSheetName(2)).isEqualTo("Модули 642M_MTS (3)");
    }
  }

  @Test
  void paperHasItsHeaderAndItsNumberOnEveryPage() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TableWriter writer = Format.PDF.writer(Example.heading(Example.RUSSIAN), Example.COLUMNS, out);
    writer.begin(100);
    for (int i = 0; i < 10; i++) {
      for (Object[] row : Example.ROWS) {
        writer.row(row);
      }
    }
    writer.end();
    try (PDDocument document = Loader.loadPDF(out.toByteArray())) {
      int pages = document.getNumberOfPages();
      assertThat(pages).isBetween(3, 4);
      assertThat(document.getPage(0).getMediaBox().getWidth()).isGreaterThan(800);
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setStartPage(pages);
      stripper.setEndPage(pages);
      assertThat(stripper.getText(document))
          .contains("Модули 642M_MTS", "30.11.2026 14:05:09, Europe/Moscow")
          .contains("Комментарий", "стр. " + pages + " / " + pages);
      stripper.setStartPage(1);
      String all = stripper.getText(document);
      assertThat(all.split("869696040000123", -1)).hasSize(101);
      assertThat(all).contains("1234567,13", "-3,6", "=1+1", "NaN");
    }
  }

  private static byte[] withoutFirst(byte[] file) {
    // Numbers of rows begin with 1; the example's begin below to have a negative number.
    return new String(file, StandardCharsets.UTF_8)
        .replaceAll("<number>(-1|0)</number>", "")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Format format, Locale locale) throws Exception {
    return new String(Example.written(format, locale), StandardCharsets.UTF_8);
  }

  private static List<CsvRecord> csv(String file, char separator) throws Exception {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().fieldSeparator(separator).ofCsvRecord(file)) {
      return reader.stream().toList();
    }
  }

  private static Document xml(byte[] file) throws Exception {
    var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    parser.setErrorHandler(new Strict());
    return parser.parse(new ByteArrayInputStream(file));
  }

  private static List<String> values(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      values.add(nodes.item(i).getTextContent());
    }
    return values;
  }

  /** Lets nothing pass. */
  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }
}
