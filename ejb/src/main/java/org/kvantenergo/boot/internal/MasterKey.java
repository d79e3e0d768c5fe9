package org.kvantenergo.boot.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.device.DeviceKeys;
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
  private final DeviceKeys keys;
  private final Optional<String> setting;
  private final Optional<String> file;

  @Inject
  public MasterKey(
      DataSource dataSource,
      SecretBox box,
      DeviceKeys keys,
      @ConfigProperty(name = "kvant.master-key") Optional<String> setting,
      @ConfigProperty(name = "kvant.master-key.file") Optional<String> file) {
    this.dataSource = dataSource;
    this.box = box;
    this.keys = keys;
    this.setting = setting;
    this.file = file;
  }

  /** For the proxies of CDI. */
  protected MasterKey() {
    this(null, null, null, Optional.empty(), Optional.empty());
  }

  /**
   * Loads the key and opens every secret with it.
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
    try {
      keys.all();
    } catch (SecretBox.SecretException e) {
      throw ServerMessage.MASTER_KEY_FOREIGN.fail(
          LOG, e, setting.isPresent() ? "kvant.master-key" : path, e.getMessage());
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

  /** Two nodes that start at once may share the folder: the first one's key stays. */
  private static void make(Path path) throws IOException {
    byte[] key = new byte[SecretBox.KEY_LENGTH];
    new SecureRandom().nextBytes(key);
    try {
      Files.createFile(path, ownerOnly(path));
      Files.writeString(
          path, Base64.getEncoder().encodeToString(key) + "\n", StandardOpenOption.WRITE);
      ServerMessage.MASTER_KEY_MADE.log(LOG, path);
    } catch (FileAlreadyExistsException e) {
      // It is there: that was the aim.
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
        ResultSet row = statement.executeQuery("select exists (select 1 from device_key)")) {
      row.next();
      return row.getBoolean(1);
    } catch (SQLException e) {
      throw ServerMessage.DATABASE_AWAY.fail(LOG, e, OneLine.of(e));
    }
  }
}
