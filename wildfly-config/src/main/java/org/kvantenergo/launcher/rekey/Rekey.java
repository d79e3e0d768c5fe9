package org.kvantenergo.launcher.rekey;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.kvantenergo.launcher.DatabaseAddress;
import org.kvantenergo.launcher.EmbeddedDatabase;
import org.kvantenergo.launcher.LaunchException;
import org.kvantenergo.launcher.LaunchMessage;
import org.kvantenergo.launcher.Options;
import org.kvantenergo.launcher.RunFolder;
import org.kvantenergo.launcher.Settings;

/**
 * Changes the master key of the data folder's database or of an external one. May be killed at any
 * moment and started again. Whatever is wrong is one numbered line and exit code 1.
 */
public final class Rekey {
  private static final String FILE = "kvant.master-key.file";
  private static final String PRESENT = "kvant.master-key";
  private static final String NEXT = "kvant.master-key.new";

  private Rekey() {}

  /** Argument: the project folder, or any where the data folder's name begins. */
  public static void main(String[] args) throws InterruptedException {
    try {
      Settings settings = Settings.ofThisProcess();
      run(Options.read(settings, Path.of(args[0])), settings);
    } catch (LaunchException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (SQLException e) {
      System.err.println(LaunchMessage.REKEY_FAILED.line(e.getMessage().lines().findFirst().get()));
      System.exit(1);
    }
  }

  // The folder is held, not used: nobody starts a server on it meanwhile.
  @SuppressWarnings("try")
  private static void run(Options options, Settings settings)
      throws SQLException, InterruptedException {
    KeyFile file =
        new KeyFile(
            settings
                .text(FILE)
                .map(Path::of)
                .orElse(options.dataFolder().resolve("server/data/kvant-master.key")));
    if (options.database().isPresent()) {
      change(options.database().get(), file, settings);
      return;
    }
    Path folder = options.dataFolder().resolve("postgres");
    try (RunFolder taken = RunFolder.take(options.dataFolder())) {
      Optional<DatabaseAddress> running = EmbeddedDatabase.running(folder);
      if (running.isPresent()) {
        change(running.get(), file, settings);
        return;
      }
      try (EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
        change(database.address(), file, settings);
      }
    }
  }

  private static void change(DatabaseAddress address, KeyFile file, Settings settings)
      throws SQLException {
    Optional<String> given = settings.text(PRESENT);
    try {
      if (given.isPresent()) {
        Key next = Key.of(settings.text(NEXT).orElseThrow(LaunchMessage.REKEY_NO_NEXT::exception));
        say(change(address, Key.of(given.get()), next));
        System.out.println("Give all servers the new key before they start.");
      } else {
        byFile(address, file);
      }
    } catch (NoSuchFileException e) {
      throw LaunchMessage.REKEY_NO_KEY.exception(file, "there is no such file");
    } catch (IOException | IllegalArgumentException e) {
      throw LaunchMessage.REKEY_NO_KEY.exception(
          given.isPresent() ? "KVANT_MASTER_KEY or KVANT_MASTER_KEY_NEW" : file, e.getMessage());
    }
  }

  /** With the key in a file: also what is left of a change that was killed after its commit. */
  static void byFile(DatabaseAddress address, KeyFile file) throws SQLException, IOException {
    Key old = file.present();
    long values = change(address, old, file.next());
    file.finish(old);
    say(values);
    System.out.println(
        "The new key is in "
            + file
            + "; the old one is beside it (."
            + old.hexName()
            + ") and opens backups of before. Servers with a copy of the file need the new one.");
  }

  /**
   * Changes the key of a database.
   *
   * @return how many values were sealed anew; 0 also if an earlier run had done it
   */
  static long change(DatabaseAddress address, Key old, Key next) throws SQLException {
    try (SealedValues values = SealedValues.in(address)) {
      byte[] name = values.lockedName();
      if (next.isNamed(name)) {
        return 0;
      }
      if (!old.isNamed(name)) {
        throw LaunchMessage.REKEY_FOREIGN.exception(address.url());
      }
      return values.change(old, next);
    }
  }

  private static void say(long values) {
    System.out.println("The master key is changed; values sealed anew: " + values + ".");
  }
}
