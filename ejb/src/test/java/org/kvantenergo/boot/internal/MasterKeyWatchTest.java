package org.kvantenergo.boot.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.shared.SecretBox;

class MasterKeyWatchTest {

  private final TestDatabase database = TestDatabase.create();

  @Test
  void aChangeUnderARunningNodeIsSaidOnce() throws Exception {
    String key = Base64.getEncoder().encodeToString(new byte[SecretBox.KEY_LENGTH]);
    MasterKey master =
        new MasterKey(database.dataSource(), new SecretBox(), Optional.of(key), Optional.empty());
    master.load();
    MasterKeyWatch watch = new MasterKeyWatch(master);
    List<String> said = new ArrayList<>();
    Logger logger = Logger.getLogger(MasterKeyWatch.class.getName());
    Handler handler = new Said(said);
    logger.addHandler(handler);
    try {
      watch.look();
      assertThat(said).isEmpty();
      database.execute("update master_key set name = '\\x01020304'");
      watch.look();
      watch.look();
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("KVANT-2019").contains("Give it the new key");
  }

  private static final class Said extends Handler {

    private final List<String> said;

    Said(List<String> said) {
      this.said = said;
    }

    @Override
    public void publish(LogRecord log) {
      said.add(log.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
