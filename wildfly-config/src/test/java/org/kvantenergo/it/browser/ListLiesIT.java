package org.kvantenergo.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;

/**
 * Files that are not what they say, brought to the deployed server: what the person is told in both
 * languages, and that nothing is in the base.
 */
@ExtendWith({KvantExtension.class, BrowserExtension.class})
class ListLiesIT {

  private static final Charset CP1251 = Charset.forName("windows-1251");
  private static final String HEADER =
      "Населённый пункт;Ресурс;Тип счётчика;Номер счётчика;Ёмкость счётного механизма;Установлен;"
          + "Серийный номер модуля;Лицевой счёт;Счёт открыт;Часовой пояс\n";
  private static final String GOOD = "Пермь;ХВС;СГВ;1001;99999,999;15.01.2026 14:20;;40-1;;\n";
  private static final String BERLIN = "Берлин;ХВС;СГВ;7;;29.03.2026 02:30;;;;Europe/Berlin\n";
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private Page page;
  private KvantInstance kvant;

  @BeforeEach
  void nothing(Page fresh, KvantInstance instance) throws Exception {
    page = fresh;
    kvant = instance;
    Town.none(kvant);
    page.navigate(kvant.url() + "/login.xhtml");
    page.fill("#login", "admin");
    page.fill("#password", "kvant-demo-admin-1");
    page.press("#password", "Enter");
    page.waitForLoadState();
  }

  @Test
  void filesThatAreRefusedWhole() throws Exception {
    refused("empty.xlsx", new byte[0], "файл", "В файле нет строк", "There are no lines");
    refused("header.csv", text(HEADER), "файл", "В файле нет строк", "There are no lines");
    refused("old.xlsx", bytes(0xD0, 0xCF, 0x11, 0xE0, 0), "файл", "Старый формат Excel", "Excel");
    refused("utf16.csv", HEADER.getBytes(StandardCharsets.UTF_16), "файл", "UTF-16", "UTF-16");
    refused("binary.csv", bytes('a', 0, 'b'), "1", "Это не список", "This is no list");
    refused("noheader.csv", text(GOOD), "1", "Такого столбца в форме нет", "column");
    refused("wrong.csv", text("Цена;" + HEADER), "1", "Такого столбца в форме нет", "column");
    refused("twice.csv", text("Ресурс;" + HEADER), "1", "Столбец назван дважды", "twice");
    refused(
        "less.csv",
        text("Ресурс;Тип счётчика\nГаз;1\n"),
        "1",
        "Нет обязательного столбца",
        "A required column is missing");
    refused("pk.xlsx", text("PK and nothing else"), "1", "Файл повреждён", "damaged");
    byte[] workbook = export("xlsx");
    refused("cut.xlsx", Arrays.copyOf(workbook, workbook.length / 2), "1", "повреждён", "damaged");
    refused("quote.csv", text(HEADER + "\"Пермь;;"), null, "повреждён", "damaged");
  }

  @Test
  void workbooksThatAreBombs() throws Exception {
    refused(
        "ratio.xlsx",
        zip(600, "xl/worksheets/sheet1.xml"),
        "файл",
        "недопустимо велик",
        "grows beyond measure");
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(many)) {
      for (int i = 0; i < 1001; i++) {
        zip.putNextEntry(new ZipEntry("xl/worksheets/sheet" + i + ".xml"));
      }
    }
    refused("many.xlsx", many.toByteArray(), "файл", "недопустимо велик", "grows beyond measure");
    refused(
        "strings.xlsx",
        zip(100, "xl/sharedStrings.xml"),
        "файл",
        "недопустимо велик",
        "grows beyond measure");
    // A zip in a zip, as quines are, is data like any other: never opened, and no workbook.
    ByteArrayOutputStream nested = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(nested)) {
      zip.putNextEntry(new ZipEntry("r/r.zip"));
      zip.write(zip(300, "deep"));
    }
    refused("nested.xlsx", nested.toByteArray(), "1", "Файл повреждён", "damaged");
  }

  @Test
  void workbooksWithEntities() throws Exception {
    Path secret = Files.createTempFile("kvant-secret", ".txt");
    Files.writeString(secret, "xyzzy-4711");
    String laughs =
        "<!DOCTYPE s [<!ENTITY a0 \"ha\">"
            + Stream.iterate(1, i -> i + 1)
                .limit(20)
                .map(i -> "<!ENTITY a%d \"%s\">".formatted(i, ("&a" + (i - 1) + ";").repeat(10)))
                .collect(Collectors.joining())
            + "]>";
    String outside = "<!DOCTYPE s [<!ENTITY a20 SYSTEM \"" + secret.toUri() + "\">]>";
    for (String type : List.of(laughs, outside)) {
      String id = bring("entities.xlsx", sheet(type, "&a20;"));
      String told = await(id);
      assertThat(told).contains("Файл повреждён").doesNotContain("xyzzy", "hahaha");
    }
    nothingIsThere();
    Files.delete(secret);
  }

  @Test
  void linesThatCannotBe() throws Exception {
    execute(
        "insert into device (organisation_id, kind, state, imei, serial, model)"
            + " values (null, 'MODULE', 'UNREGISTERED', 0, 777000777, 642) on conflict do nothing");
    String id =
        bring(
            "lies.csv",
            text(
                HEADER
                    + "Пермь;ХВС;СГВ;=1+1;;31.02.2026;;;;\n"
                    + "Пермь;ХВС;СГВ;2;1.234,5;30.13.2026;;;;\n"
                    + "Пермь;ХВС;СГВ;3;99999.999;15.01.2026;777000777;;;\n"
                    + "Пермь;ГВС;СГВ;4;-1;15.01.2026;;;;\n"
                    + BERLIN
                    + "Омск;ХВС;СГВ;5;;15.01.2026;;;;\n"
                    + "Омск;ХВС;СГВ;6;;15.01.2026;;;;\n"
                    + "Омск;ГВС;СГВ;5;;15.01.2026;;;;\n"
                    + "Омск;ГВС;С"));
    String told = await(id);
    assertThat(rows(told))
        .contains(
            "2|Номер счётчика|Формула: вставьте вместо неё значение|=1+1",
            "2|Установлен|Не дата: нужно 31.12.2026 или 31.12.2026 14:20|31.02.2026",
            "3|Ёмкость счётного механизма|Не число|1.234,5",
            "3|Установлен|Не дата: нужно 31.12.2026 или 31.12.2026 14:20|30.13.2026",
            "4|Серийный номер модуля|Такого модуля среди зарегистрированных нет|777000777",
            "5|Ёмкость счётного механизма|Вне допустимых пределов|-1",
            "6|Установлен|Такого времени не было: часы переводили вперёд|2026-03-29 02:30:00",
            "10|Номер счётчика|Не заполнено|");
    assertThat(rows(told)).anyMatch(row -> row.startsWith("7|Место|"));
    assertThat(rows(told)).anyMatch(row -> row.startsWith("7|Номер счётчика|"));
    nothingIsThere();
    execute("update account set locale = 'en'");
    assertThat(rows(await(id)))
        .contains(
            "6|Installed|There was no such time: clocks were put forward|2026-03-29 02:30:00");
  }

  @Test
  void linesInAnotherEncoding() throws Exception {
    ByteArrayOutputStream mixed = new ByteArrayOutputStream();
    mixed.write(text(HEADER + GOOD + BERLIN.replace("02:30", "03:30")));
    mixed.write("Омск;ГВС;СГВ;9;;15.01.2026;;;;\n".getBytes(CP1251));
    List<String> told = rows(await(bring("mixed.csv", mixed.toByteArray())));
    assertThat(told).isNotEmpty().allMatch(row -> row.startsWith("4|"));
    assertThat(told.get(0)).contains("Кодировка не та, что у остальных строк");
    nothingIsThere();
  }

  @Test
  void whatTheNameSaysDoesNotMatter() throws Exception {
    String csv = bring("list.xlsx", text(HEADER + GOOD));
    assertThat(await(csv)).contains("Проверен").doesNotContain("id=\"errors\"");
    String xlsx = bring("list.csv", export("xlsx"));
    assertThat(await(xlsx)).contains("В файле нет строк");
    String cp1251 = bring("list.txt", (HEADER + GOOD).getBytes(CP1251));
    assertThat(await(cp1251)).contains("Проверен").doesNotContain("id=\"errors\"");
  }

  @Test
  void tenThousandErrorsAreBoundedOnThePageAndWholeInTheFile() throws Exception {
    StringBuilder file = new StringBuilder(HEADER);
    for (int i = 0; i < 12_000; i++) {
      file.append(";Газ;СГ;").append(i).append(";x;;;;;\n");
    }
    String id = bring("errors.csv", text(file.toString()));
    String told = await(id);
    assertThat(rows(told)).hasSize(200);
    assertThat(told).contains("12\u202F000 ошибок", "Ошибки 1–200 из");
    String report = page.request().get(kvant.url() + "/meterlist.csv?id=" + id).text();
    List<String> lines = report.lines().toList();
    assertThat(lines).hasSize(12_001);
    assertThat(lines.get(0)).isEqualTo("\uFEFF\"Строка\";\"Столбец\";\"Что не так\";\"Значение\"");
    assertThat(lines.get(12_000))
        .isEqualTo("\"12001\";\"Ёмкость счётного механизма\";\"Не число\";\"x\"");
    assertThat(page.request().get(kvant.url() + "/meterlist.csv?id=999999").text().lines())
        .hasSize(1);
    nothingIsThere();
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
    String cookie =
        page.context().cookies().stream()
            .map(each -> each.name + "=" + each.value)
            .collect(Collectors.joining("; "));
    URI url = URI.create(kvant.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          POST /meters-upload HTTP/1.1
          Host: %s:%d
          Cookie: %s
          X-Kvant-Page: list
          Content-Type: multipart/form-data; boundary=x
          Content-Length: 209715200

          --x
          """
              .formatted(url.getHost(), url.getPort(), cookie)
              .replace("\n", "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      String status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(status).as("though not a thousandth was sent").isEqualTo("HTTP/1.1 400");
    }
    Path file = folder.resolve("town.xlsx");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(200L << 20);
    }
    page.navigate(kvant.url() + "/meterlist.xhtml");
    page.setInputFiles("#file", file);
    assertThat(page.locator("#sent").textContent()).isEqualTo("Файл больше 64 МБ: разделите его");
    execute("update account set locale = 'en'");
    page.navigate(kvant.url() + "/meterlist.xhtml");
    page.setInputFiles("#file", file);
    assertThat(page.locator("#sent").textContent())
        .isEqualTo(page.locator("#file").getAttribute("data-large"))
        .contains("64 MB");
    nothingIsThere();
  }

  private void refused(String name, byte[] file, String line, String russian, String english)
      throws Exception {
    String id = bring(name, file);
    String told = await(id);
    assertThat(told).as(name).contains("Файл не принят", "Ничего не прочитано и не изменено");
    List<String> rows = rows(told);
    assertThat(rows).as(name).hasSize(1);
    assertThat(rows.get(0)).as(name).containsIgnoringCase(russian);
    if (line != null) {
      assertThat(rows.get(0)).as(name).startsWith(line + "|");
    }
    execute("update account set locale = 'en'");
    assertThat(rows(await(id)).get(0)).as(name).containsIgnoringCase(english);
    execute("update account set locale = 'ru'");
    nothingIsThere();
  }

  private void nothingIsThere() throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (select count(*) from meter) + (select count(*) from site)"
                    + " + (select count(*) from consumer_account)")) {
      row.next();
      assertThat(row.getLong(1)).isZero();
    }
  }

  private String bring(String name, byte[] file) {
    return Upload.of(page, kvant, name, file);
  }

  /** The page of a list, when there is nothing to wait for any more. */
  private String await(String id) {
    Instant end = Instant.now().plus(LONGEST);
    String told;
    do {
      told = page.request().get(kvant.url() + "/meterlist.xhtml?id=" + id).text();
    } while (told.contains("data-busy=\"true\"") && Instant.now().isBefore(end));
    assertThat(told).contains("data-busy=\"false\"");
    return told;
  }

  /** The rows of the report, cells with bars between them. */
  private static List<String> rows(String html) {
    int begin = html.indexOf("<table id=\"errors\"");
    if (begin < 0) {
      return List.of();
    }
    String body = html.substring(html.indexOf("<tbody>", begin), html.indexOf("</tbody>", begin));
    return Arrays.stream(body.split("</tr>"))
        .map(
            row -> {
              Matcher cells = Pattern.compile("<td[^>]*>(.*?)</td>").matcher(row);
              return cells.results().map(r -> r.group(1)).collect(Collectors.joining("|"));
            })
        .filter(row -> !row.isEmpty())
        .toList();
  }

  private byte[] export(String format) {
    return page.request().get(kvant.url() + "/meters-file?format=" + format).body();
  }

  private static byte[] zip(int megabytes, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < megabytes; i++) {
        zip.write(zeros);
      }
    }
    return bytes.toByteArray();
  }

  /** A workbook whose first cell has an entity in it. */
  private static byte[] sheet(String type, String entity) throws IOException {
    String office = "http://schemas.openxmlformats.org/";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(
          zip,
          "[Content_Types].xml",
          "<Types xmlns=\""
              + office
              + "package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
              + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>");
      entry(
          zip,
          "_rels/.rels",
          "<Relationships xmlns=\""
              + office
              + "package/2006/relationships\"><Relationship Id=\"r1\" Type=\""
              + office
              + "officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
      entry(
          zip,
          "xl/workbook.xml",
          "<workbook xmlns=\""
              + office
              + "spreadsheetml/2006/main\" xmlns:r=\""
              + office
              + "officeDocument/2006/relationships\"><sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
      entry(
          zip,
          "xl/_rels/workbook.xml.rels",
          "<Relationships xmlns=\""
              + office
              + "package/2006/relationships\"><Relationship Id=\"r1\" Type=\""
              + office
              + "officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
      entry(
          zip,
          "xl/worksheets/sheet1.xml",
          type
              + "<worksheet xmlns=\""
              + office
              + "spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>"
              + entity
              + "</t></is></c></row></sheetData></worksheet>");
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
