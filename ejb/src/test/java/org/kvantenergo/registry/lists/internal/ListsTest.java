package org.kvantenergo.registry.lists.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.registry.lists.Column;
import org.kvantenergo.registry.lists.ListError;
import org.kvantenergo.registry.lists.ListExport.Format;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.registry.lists.ListStatus;
import org.kvantenergo.registry.lists.ListStatus.Count;
import org.kvantenergo.registry.lists.ListStatus.State;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

class ListsTest {

  private static final OrganisationId OURS = new OrganisationId(1);
  private static final Scope SCOPE = new Scope(OURS, false);
  private static final Caller CALLER =
      new Caller(1, "engineer", "", SCOPE, Set.of(Permission.REGISTER));
  private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
  private static final Charset CP1251 = Charset.forName("windows-1251");
  private static final Locale RUSSIAN = Locale.forLanguageTag("ru");

  private static final String HEADER =
      "Населённый пункт;Улица;Дом;Квартира;Ресурс;Место;Тип счётчика;Номер счётчика;"
          + "Ёмкость счётного механизма;Диаметр, мм;Установлен;Поверен;Поверить до;Пломбы;"
          + "Серийный номер модуля;Модуль установлен;Лицевой счёт;Потребитель;Счёт открыт\n";
  private static final String FIRST =
      "Пермь;ул. Ленина;5;15;ХВС;кухня;СГВ-15;1001;99999,999;15;15.01.2026 14:20;01.12.2025;"
          + "01.12.2031;П-1, П-2;50;;40-1;Иванов И. И.;01.02.2026\n";
  private static final String SECOND =
      "Пермь;ул. Ленина;5;15;ГВС;кухня;СГВ-15;1002;;;15.01.2026;;;;;;40-1;;\n";
  private static final String BUILDING =
      "Пермь;ул. Ленина;5;;ХВС;;ВСКМ-50;77;;;2026-01-10;;;;51;;;;\n";

  @TempDir private Path folder;
  private final TestDatabase database = TestDatabase.create();
  private final ListProgress progress = new ListProgress(database.dataSource());
  private final ListWork work =
      new ListWork(
          database.dataSource(),
          progress,
          new SqlAuditTrail(database.dataSource(), Clock.systemUTC()));
  private final ListsBean lists = new ListsBean(database.dataSource(), work, progress);
  private int files;

  @BeforeEach
  void devices() throws Exception {
    database.execute(
        """
        insert into organisation (name) values ('Наша'), ('Чужая');
        insert into device (organisation_id, kind, state, imei, serial, model) values
          (1, 'MODULE', 'REGISTERED', 101, 50, 642), (1, 'MODULE', 'REGISTERED', 102, 51, 642),
          (2, 'MODULE', 'REGISTERED', 103, 52, 642);
        """);
  }

  @Test
  void aListIsTriedAndThenApplied() throws Exception {
    ListStatus tried = read(HEADER + FIRST + SECOND + BUILDING);
    assertThat(tried.state()).isEqualTo(State.CHECKED);
    assertThat(errors(tried.id())).isEmpty();
    assertThat(tried.lines()).isEqualTo(3);
    Map<Count, Integer> expected =
        Map.of(
            Count.SITES,
            4,
            Count.METERS,
            3,
            Count.CORRECTED,
            0,
            Count.PLACED,
            3,
            Count.REPLACED,
            0,
            Count.READ,
            0,
            Count.FITTED,
            2,
            Count.VERIFIED,
            1,
            Count.SEALED,
            2,
            Count.SETTLED,
            1);
    assertThat(tried.counts()).isEqualTo(new TreeMap<>(expected));
    assertThat(rows()).as("a dry run changes nothing").isEqualTo("0 0 0 0 0 0");

    ListStatus applied = apply(tried.id(), false);
    assertThat(applied.state()).isEqualTo(State.APPLIED);
    assertThat(applied.counts()).isEqualTo(new TreeMap<>(expected));
    assertThat(rows()).isEqualTo("4 3 3 2 2 1");
    assertThat(
            database.value(
                "select lower(p.valid) at time zone 'UTC' from meter_place p join meter m on m.id ="
                    + " p.meter_id where m.serial = '1001'"))
        .as("a local time of the site")
        .isEqualTo("2026-01-15 11:20:00");
    assertThat(database.value("select holder || ' ' || valid from account_site"))
        .isEqualTo("Иванов И. И. [2026-02-01,)");
    assertThat(lists.begin(CALLER, tried.id(), true)).as("once").isFalse();
    assertThat(database.value("select action || ' ' || object from audit"))
        .isEqualTo("LIST_APPLIED list.csv");
  }

  @Test
  void whatIsExportedSaysNothingNew() throws Exception {
    apply(
        read(HEADER
                + FIRST
                + SECOND
                + BUILDING
                + "Пермь;ул. Ленина;5;16;Газ;;СГ;\"+1;\"\"\";;;01.01.2026\n")
            .id(),
        false);
    for (Format format : Format.values()) {
      for (Locale locale : List.of(RUSSIAN, Locale.ENGLISH)) {
        ListStatus again = read(export(format, locale));
        assertThat(errors(again.id())).isEmpty();
        assertThat(again.state()).isEqualTo(State.CHECKED);
        assertThat(again.lines()).isEqualTo(4);
        assertThat(again.counts().values()).containsOnly(0);
      }
    }
  }

  @Test
  void exportEditImport() throws Exception {
    apply(read(HEADER + FIRST + SECOND + BUILDING).id(), false);
    String exported = new String(export(Format.CSV, RUSSIAN), StandardCharsets.UTF_8);
    String edited =
        exported
            .replace("Иванов И. И.", "Петров")
            .replace("1001;99999,999;15;15.01.2026 14:20;", "1001;99999,999;20;;0,125")
            .replace("1002;;;15.01.2026;;", "1003;;;15.05.2026 10:00;0,003;431,5");
    ListStatus tried = read(edited.getBytes(StandardCharsets.UTF_8));
    assertThat(errors(tried.id())).isEmpty();
    apply(tried.id(), false);
    assertThat(database.value("select diameter from meter where serial = '1001'")).isEqualTo("20");
    assertThat(database.value("select string_agg(holder, ',') from account_site"))
        .isEqualTo("Петров");
    assertThat(
            database.value(
                "select string_agg(m.serial || p.valid, ' ' order by m.serial) from meter_place p"
                    + " join meter m on m.id = p.meter_id where m.resource = 'HOT_WATER'"))
        .isEqualTo(
            "1002[\"2026-01-14 21:00:00+00\",\"2026-05-15 07:00:00+00\")"
                + " 1003[\"2026-05-15 07:00:00+00\",)");
    assertThat(tried.counts())
        .containsEntry(Count.REPLACED, 1)
        .containsEntry(Count.METERS, 1)
        .containsEntry(Count.READ, 1);
    assertThat(
            database.value(
                "select string_agg(concat_ws(' ', m.serial, p.first_reading, p.last_reading), ', '"
                    + " order by m.serial) from meter_place p join meter m on m.id = p.meter_id"
                    + " where m.type = 'СГВ-15'"))
        .isEqualTo("1001 0.125, 1002 431.500, 1003 0.003");
    ListStatus again = read(export(Format.XLSX, RUSSIAN));
    assertThat(errors(again.id())).isEmpty();
    assertThat(again.counts().values()).containsOnly(0);
  }

  @Test
  void aLastReadingFitsTheRegisterOfTheOneThatIsReplaced() throws Exception {
    String header =
        "Населённый пункт;Ресурс;Тип счётчика;Номер счётчика;Ёмкость счётного механизма;Установлен;"
            + "%s\n";
    ListStatus old = read(header.formatted("Поверен") + "Пермь;ХВС;СГВ;1;999,999;15.01.2026;\n");
    apply(old.id(), false);
    String next =
        header.formatted("Последнее показание снятого") + "Пермь;ХВС;СГВ;2;;15.05.2026;%s\n";
    assertThat(errors(read(next.formatted("1000")).id()))
        .containsExactly("2 LAST_READING OUT_OF_RANGE 1000");
    assertThat(errors(read(next.formatted("999,999")).id())).isEmpty();
  }

  @Test
  void cellsThatCannotBeAreToldByLineAndColumn() throws Exception {
    ListStatus status =
        read(
            HEADER
                + "Пермь;;5;;вода;;СГВ;1;-5;1,5;31.02.2026;01.01.2026;01.01.2026;;x;;;;\n"
                + FIRST
                + ";;;;ХВС;;;=A1;;;;;;;;;;Иванов;;и ещё\n");
    assertThat(errors(status.id()))
        .containsExactly(
            "2 RESOURCE UNKNOWN_VALUE вода",
            "2 CAPACITY OUT_OF_RANGE -5",
            "2 DIAMETER OUT_OF_RANGE 1,5",
            "2 INSTALLED NOT_A_DATE 31.02.2026",
            "2 DUE BEFORE_START 01.01.2026",
            "2 MODULE NOT_A_NUMBER x",
            "4 - TOO_MANY_CELLS и ещё",
            "4 TYPE MISSING ",
            "4 SERIAL FORMULA =A1",
            "4 ACCOUNT MISSING ");
    assertThat(status.badLines()).isEqualTo(2);
    assertThat(status.errors()).isEqualTo(10);
    assertThat(lists.begin(CALLER, status.id(), false)).as("all or nothing").isFalse();
    assertThat(rows()).isEqualTo("0 0 0 0 0 0");
    apply(status.id(), true);
    assertThat(database.value("select string_agg(serial, ',') from meter")).isEqualTo("1001");
  }

  @Test
  void whatContradictsInsideTheFileIsTold() throws Exception {
    ListStatus status =
        read(
            HEADER
                + FIRST
                + FIRST.replace("1001", "1009").replace("П-1, П-2;50;", ";50;")
                + SECOND.replace("1002", "1009").replace("ГВС;кухня", "ГВС;ванная")
                + SECOND.replace(";15;ГВС", ";16;ГВС"));
    assertThat(errors(status.id()))
        .containsExactly(
            "2 PLACE PLACE_TWICE 3",
            "2 MODULE MODULE_TWICE 3",
            "2 ACCOUNT ACCOUNT_TWICE 2",
            "3 PLACE PLACE_TWICE 2",
            "3 SERIAL METER_TWICE 4",
            "3 MODULE MODULE_TWICE 2",
            "3 ACCOUNT ACCOUNT_TWICE 2",
            "4 SERIAL METER_TWICE 3",
            "4 ACCOUNT ACCOUNT_TWICE 2",
            "5 ACCOUNT ACCOUNT_TWICE 2");
  }

  @Test
  void whatContradictsTheBaseIsTold() throws Exception {
    apply(read(HEADER + FIRST + SECOND + BUILDING).id(), false);
    ListStatus status =
        read(
            HEADER
                + FIRST
                    .replace("15.01.2026 14:20", "16.01.2026")
                    .replace(";50;;", ";50;17.01.2026;")
                + SECOND.replace("ГВС", "ХВС").replace("кухня", "ванная")
                + FIRST.replace("1001", "2001").replace(";50;", ";52;").replace("40-1", "40-9")
                + "Пермь;ул. Ленина;5;20;ХВС;;СГВ-15;3001;;;;;;;51;01.01.2026;40-1;;01.01.2026\n"
                + "Пермь;ул. Мира;1;;ХВС;;ВСКМ-50;77;;;01.01.2026;;;;;;;;\n");
    assertThat(errors(status.id()))
        .contains(
            "2 INSTALLED STANDS_SINCE 2026-01-15 14:20:00",
            "2 FITTED FITTED_SINCE 2026-01-15 14:20:00",
            "3 RESOURCE OTHER_RESOURCE HOT_WATER",
            "4 PLACE OCCUPIED СГВ-15 1001",
            "4 MODULE MODULE_UNKNOWN 52",
            "5 INSTALLED MISSING ",
            "5 FITTED FITTED_TOO_EARLY ",
            "5 SINCE ACCOUNT_TOO_EARLY ",
            "6 INSTALLED TOO_EARLY 2026-01-10 00:00:00");
    assertThat(rows()).isEqualTo("4 3 3 2 2 1");
  }

  @Test
  void encodingsAreWhatMostLinesSay() throws Exception {
    String three = FIRST + SECOND + BUILDING;
    assertThat(errors(read((HEADER + three).getBytes(CP1251)).id())).isEmpty();
    assertThat(read(("\uFEFF" + HEADER + three).getBytes(StandardCharsets.UTF_8)).errors())
        .isZero();
    ListStatus mixed =
        read(bytes(HEADER + FIRST + BUILDING, StandardCharsets.UTF_8, SECOND, CP1251));
    assertThat(errors(mixed.id()))
        .hasSizeGreaterThan(3)
        .allMatch(e -> e.startsWith("4 ") && e.contains(" ENCODING "));
    ListStatus other =
        read(bytes(HEADER + FIRST + BUILDING, CP1251, SECOND, StandardCharsets.UTF_8));
    assertThat(errors(other.id()))
        .hasSizeGreaterThan(3)
        .allMatch(e -> e.startsWith("4 ") && e.contains(" ENCODING "));
    refused("0 - UTF16 ", HEADER.getBytes(StandardCharsets.UTF_16));
  }

  @Test
  void separatorsAreWhatTheHeaderSays() throws Exception {
    assertThat(errors(read("Resource,Meter type,Meter serial number\nGas,\"a,b\",1\n").id()))
        .isEmpty();
    assertThat(errors(read("ресурс\tТИП СЧЕТЧИКА\tномер счётчика\nГаз\ta\t1\n").id())).isEmpty();
  }

  @Test
  void filesThatAreNoListsAreRefusedWhole() throws Exception {
    refused("0 - EMPTY ", new byte[0]);
    refused("0 - EMPTY ", HEADER.getBytes(StandardCharsets.UTF_8));
    refused(
        "1 - COLUMN_UNKNOWN Цена",
        (HEADER.strip() + ";Цена\n" + FIRST).getBytes(StandardCharsets.UTF_8));
    refused(
        "1 - COLUMN_TWICE Дом",
        (HEADER.strip() + ";Дом\n" + FIRST).getBytes(StandardCharsets.UTF_8));
    refused(
        "1 SERIAL COLUMN_MISSING ",
        "Ресурс;Тип счётчика\nГаз;1\n".getBytes(StandardCharsets.UTF_8));
    refused(
        "2 - UNREADABLE ",
        (HEADER + "\"Пермь;;;").getBytes(StandardCharsets.UTF_8),
        "1 - UNREADABLE ");
    refused("0 - OLD_EXCEL ", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0});
    refused("1 - NOT_A_LIST ", new byte[] {'a', 0, 'b'});
    refused("1 - UNREADABLE ", "PK and nothing else".getBytes(StandardCharsets.UTF_8));
    byte[] half = export(Format.XLSX, RUSSIAN);
    refused("1 - UNREADABLE ", java.util.Arrays.copyOf(half, half.length / 2));
  }

  @Test
  void aZipThatInflatesBeyondAllMeasureIsRefused() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 600; i++) {
        zip.write(zeros);
      }
    }
    assertThat(bytes.size()).isLessThan(1 << 20);
    refused("0 - INFLATES ", bytes.toByteArray());
  }

  @Test
  void formulasOfAWorkbookAreErrorsOfTheirCells() throws Exception {
    byte[] file =
        workbook(
            sheet -> {
              sheet.value(0, 0, "Ресурс");
              sheet.value(0, 1, "Тип счётчика");
              sheet.value(0, 2, "Номер счётчика");
              sheet.value(0, 3, "Диаметр, мм");
              sheet.value(1, 0, "Газ");
              sheet.value(1, 1, "СГ");
              sheet.value(1, 2, 207900001121L);
              sheet.formula(1, 3, "10+5");
            });
    ListStatus status = read(file);
    assertThat(errors(status.id())).containsExactly("2 DIAMETER FORMULA 10+5");
    assertThat(
            database.value(
                "select serial from meter_list_line where list_id = " + status.id().value()))
        .isEqualTo("207900001121");
  }

  @Test
  void tenThousandErrorsArePaged() throws Exception {
    StringBuilder file = new StringBuilder(HEADER);
    for (int i = 0; i < 12_000; i++) {
      file.append(";;;;Газ;;СГ;").append(i).append(";;x;;;;;;;;;\n");
    }
    ListStatus status = read(file.toString());
    assertThat(status.errors()).isEqualTo(12_000);
    assertThat(status.badLines()).isEqualTo(12_000);
    assertThat(lists.errors(CALLER, status.id(), new Slice(9_990, 100)).total()).isEqualTo(10_000);
    assertThat(lists.errors(CALLER, status.id(), new Slice(0, 1)).rows())
        .containsExactly(
            new ListError(
                2, Column.DIAMETER, org.kvantenergo.registry.lists.Problem.NOT_A_NUMBER, "x"));
    assertThat(lists.begin(CALLER, status.id(), true)).as("there is nothing good").isFalse();
  }

  @Test
  void whatChangedSinceTheDryRunIsNotAppliedAllOrNothing() throws Exception {
    ListStatus first = read(HEADER + FIRST);
    ListStatus second = read(HEADER + FIRST.replace("1001", "1005").replace(";50;", ";51;"));
    apply(first.id(), false);
    ListStatus after = apply(second.id(), false);
    assertThat(after.state()).isEqualTo(State.CHECKED);
    assertThat(errors(second.id())).containsExactly("2 PLACE OCCUPIED СГВ-15 1001");
    assertThat(database.value("select count(*) from meter")).isEqualTo("1");
  }

  @Test
  void whatACrashOfTheDatabaseTookIsNotAppliedAsNothing() throws Exception {
    ListStatus status = read(HEADER + FIRST);
    database.execute("truncate meter_list_line");
    assertThat(lists.begin(CALLER, status.id(), false)).isTrue();
    assertThatThrownBy(() -> database.inTransaction(() -> work.apply(CALLER, status.id(), false)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("what was read of list " + status.id().value() + " is gone");
    assertThat(rows()).isEqualTo("0 0 0 0 0 0");
  }

  @Test
  void aListIsItsOwnersAlone() throws Exception {
    ListStatus status = read(HEADER + FIRST);
    Caller other = new Caller(2, "other", "", SCOPE, Set.of(Permission.REGISTER));
    assertThat(lists.status(other, status.id())).isEmpty();
    assertThat(lists.begin(other, status.id(), true)).isFalse();
    assertThat(lists.errors(other, status.id(), new Slice(0, 1)).total()).isZero();
  }

  private interface Filled {
    void into(Worksheet sheet);
  }

  private static byte[] workbook(Filled filled) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(bytes, "test", "1.0")) {
      filled.into(book.newWorksheet("1"));
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String one, Charset first, String other, Charset second)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(one.getBytes(first));
    bytes.write(other.getBytes(second));
    return bytes.toByteArray();
  }

  private byte[] export(Format format, Locale locale) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream out = bytes;
    database.inTransaction(
        () -> {
          new SqlListExport(database.dataSource())
              .write(SCOPE, "", Instant.parse("2026-06-01T00:00:00Z"), format, locale, out);
          return null;
        });
    return bytes.toByteArray();
  }

  private void refused(String expected, byte[] file, String... or) throws Exception {
    ListStatus status = read(file);
    assertThat(status.state()).isEqualTo(State.REFUSED);
    List<String> errors = errors(status.id());
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0))
        .isIn(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(expected), java.util.Arrays.stream(or))
                .toList());
    assertThat(lists.begin(CALLER, status.id(), true)).isFalse();
  }

  private ListStatus read(String text) throws Exception {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private ListStatus read(byte[] bytes) throws Exception {
    Path file = folder.resolve("list" + files++);
    Files.write(file, bytes);
    ListId id = lists.announce(CALLER, OURS, "list.csv", MOSCOW);
    if (work.stage(id, file)) {
      database.inTransaction(
          () -> {
            work.check(id, SCOPE);
            return null;
          });
    }
    return lists.status(CALLER, id).orElseThrow();
  }

  private ListStatus apply(ListId id, boolean leaveOutBad) throws Exception {
    assertThat(lists.begin(CALLER, id, leaveOutBad)).isTrue();
    database.inTransaction(() -> work.apply(CALLER, id, leaveOutBad));
    return lists.status(CALLER, id).orElseThrow();
  }

  private List<String> errors(ListId id) {
    return lists.errors(CALLER, id, new Slice(0, 1000)).rows().stream()
        .map(
            e ->
                e.line()
                    + " "
                    + (e.column() == null ? "-" : e.column().name())
                    + " "
                    + e.problem()
                    + " "
                    + e.value())
        .collect(Collectors.toList());
  }

  private String rows() throws Exception {
    return database.value(
        """
        select (select count(*) from site) || ' ' || (select count(*) from meter) || ' '
          || (select count(*) from meter_place) || ' ' || (select count(*) from meter_device) || ' '
          || (select count(*) from meter_seal) || ' ' || (select count(*) from account_site)
        """);
  }
}
