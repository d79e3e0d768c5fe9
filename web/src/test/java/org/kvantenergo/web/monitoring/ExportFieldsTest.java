package org.kvantenergo.web.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.kvantenergo.web.export.Field;

/** Every column of every exported table has its element in the published schema, and no other. */
class ExportFieldsTest {

  private static final Path SCHEMA = Path.of("../docs/schema/kvant-export-1.xsd");

  private final ExportWords words = new ExportWords(Locale.forLanguageTag("ru"));

  @Test
  void modules() throws Exception {
    assertThat(names(new ModuleFields(words, null).of(List.of(ModuleColumn.values()))))
        .containsExactlyElementsOf(elements("modules"));
  }

  @Test
  void records() throws Exception {
    assertThat(names(new DeviceFields(words).records()))
        .containsExactlyElementsOf(elements("readings"));
  }

  @Test
  void sessions() throws Exception {
    assertThat(names(new DeviceFields(words).sessions(false)))
        .containsExactlyElementsOf(elements("sessions"));
  }

  private static <R> List<String> names(List<Field<R>> fields) {
    return fields.stream().map(field -> field.column().name()).toList();
  }

  private static List<String> elements(String table) throws Exception {
    String schema = Files.readString(SCHEMA);
    int from = schema.indexOf("<xs:complexType name=\"" + table + "Row\"");
    String row = schema.substring(from, schema.indexOf("</xs:complexType>", from));
    return Pattern.compile("<xs:element name=\"(\\w+)\"")
        .matcher(row)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
