package org.kvantenergo.boot.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.ServerMessage;

/**
 * The key under which secrets are sealed: from the setting {@code kvant.master-key} or from a file,
 * which is made at the first start. All nodes of one database need the same one.
 */
@ApplicationScoped
public class MasterKey {

  private static final System.Logger LOG = System.getLogger(MasterKey.class.getName());
  private static final String FILE = "kvant-master.key";

  private final DataSource dataSource;
  private final SecretBox box;
  private final Optional<String> setting;
  private final Optional<String> file;

  @Inject
  public MasterKey(
      DataSource dataSource,
      SecretBox box,
      @ConfigProperty(name = "kvant.master-key") Optional<String> setting,
      @ConfigProperty(name = "kvant.master-key.file") Optional<String> file) {
    this.dataSource = dataSource;
    this.box = box;
    this.setting = setting;
    this.file = file;
  }

  /** For the proxies of CDI. */
  protected MasterKey() {
    this(null, null, Optional.empty(), Optional.empty());
  }

  /**
   * Loads the key and compares it with the one that the database names.
   *
   * @throws IllegalStateException with a numbered message if there is no key for the secrets of
   *     this database, or it is not theirs
   */
  public void load() {
    Path path = file.map(Path::of).orElseGet(MasterKey::besideTheData);
    try {
      box.use(setting.isPresent() ? decoded(setting.get()) : fromFile(path));
    } catch (IOException | IllegalArgumentException e) {
      throw ServerMessage.MASTER_KEY_UNREADABLE.fail(
          LOG, e, setting.isPresent() ? "kvant.master-key" : path, e.getMessage());
    }
    if (!Arrays.equals(box.name(), nameInDatabase())) {
      throw ServerMessage.MASTER_KEY_FOREIGN.fail(
          LOG, null, setting.isPresent() ? "kvant.master-key" : path);
    }
  }

  /** The first node names its key for all. */
  private byte[] nameInDatabase() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into master_key (name) values (?) on conflict do nothing")) {
      insert.setBytes(1, box.name());
      insert.executeUpdate();
      try (PreparedStatement select = connection.prepareStatement("select name from master_key");
          ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBytes(1);
      }
    } catch (SQLException e) {
      throw ServerMessage.DATABASE_AWAY.fail(LOG, e, OneLine.of(e));
    }
  }

  /** Whether the database still names the key in use: a change while this node went on is seen. */
  boolean isPresent() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement("select name from master_key");
        ResultSet row = select.executeQuery()) {
      return row.next() && Arrays.equals(box.name(), row.getBytes(1));
    }
  }

  private byte[] fromFile(Path path) throws IOException {
    if (Files.notExists(path)) {
      if (anythingSealed()) {
        throw ServerMessage.MASTER_KEY_MISSING.fail(LOG, null, path);
      }
      make(path);
    }
    return decoded(Files.readString(path, StandardCharsets.US_ASCII));
  }

  private static byte[] decoded(String text) {
    return Base64.getDecoder().decode(text.strip());
  }

  /**
   * What is sealed under the key is durable at once, so the key must be before it is used. Two
   * nodes that start at once may share the folder: the first one's key stays.
   */
  private static void make(Path path) throws IOException {
    byte[] key = new byte[SecretBox.KEY_LENGTH];
    new SecureRandom().nextBytes(key);
    byte[] text =
        (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII);
    Path draft = Files.createTempFile(path.toAbsolutePath().getParent(), FILE, "", ownerOnly(path));
    try {
      try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        out.write(ByteBuffer.wrap(text));
        out.force(true);
      }
      Files.createLink(path, draft);
      ServerMessage.MASTER_KEY_MADE.log(LOG, path);
    } catch (FileAlreadyExistsException e) {
      // It is there: that was the aim.
    } finally {
      Files.delete(draft);
    }
    force(path.toAbsolutePath().getParent());
  }

  /** The name in the folder, too; not every system lets a folder be forced. */
  private static void force(Path folder) {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the folder of the master key cannot be forced", e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(owner)};
  }

  /** Where the application server keeps what must outlive a start: WildFly, Payara, else here. */
  private static Path besideTheData() {
    String wildfly = System.getProperty("jboss.server.data.dir");
    String payara = System.getProperty("com.sun.aas.instanceRoot", "");
    return Path.of(wildfly == null ? payara : wildfly).resolve(FILE);
  }

  private boolean anythingSealed() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select exists (select 1 from master_key)")) {
      row.next();
      return row.getBoolean(1);
    } catch (SQLException e) {
      throw ServerMessage.DATABASE_AWAY.fail(LOG, e, OneLine.of(e));
    }
  }
}
