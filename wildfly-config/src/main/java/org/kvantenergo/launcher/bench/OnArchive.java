package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/**
 * A load on an archive that is emptied before each round, or was filled before the first.
 *
 * @param load what is measured
 * @param full which of the two
 */
record OnArchive(Subject load, boolean full) implements Subject {

  @Override
  public Label label() {
    return load.label();
  }

  @Override
  public void prepare(Stage stage) throws IOException, InterruptedException, SQLException {
    load.prepare(stage);
  }

  @Override
  public Map<Quantity, Double> measure(Stage stage)
      throws IOException, InterruptedException, SQLException {
    if (!full) {
      stage.emptyArchive();
    }
    Map<Quantity, Double> values = new EnumMap<>(load.measure(stage));
    values.put(Quantity.ARCHIVED, (double) stage.archived());
    return values;
  }
}
