package org.kvantenergo.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A row of readings.csv as printed in the operator manual's figures.
 *
 * @param values by column name
 */
record RecordedRow(Map<String, String> values) {

  static List<RecordedRow> all() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(RecordedRow.class.getResourceAsStream("/readings.csv")),
                StandardCharsets.UTF_8))) {
      String[] names = lines.readLine().split(",", -1);
      List<RecordedRow> rows = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split(",", -1);
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
          values.put(names[i], cells[i]);
        }
        rows.add(new RecordedRow(values));
      }
      return rows;
    }
  }

  long whole(String column) {
    return Long.parseLong(values.get(column));
  }

  double fraction(String column) {
    return Double.parseDouble(values.get(column));
  }

  Instant time(String column) {
    return OffsetDateTime.parse(values.get(column)).toInstant();
  }

  /** Whether the record carries a reading that counts: status bit 0. */
  boolean readingIsValid() {
    return (whole("status") & 1) == 1;
  }
}
