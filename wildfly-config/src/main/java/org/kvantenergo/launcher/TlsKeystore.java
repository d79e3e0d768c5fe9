package org.kvantenergo.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;

/** A look at the keystore for modules by TLS before the server, which would try it for ever. */
final class TlsKeystore {
  private TlsKeystore() {}

  /**
   * Refuses one that the server could not use.
   *
   * @param file PKCS#12 or JKS
   * @param password of the store and of its key
   */
  static void requireUsable(Path file, String password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(in, password.toCharArray());
      KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm())
          .init(store, password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          return;
        }
      }
      throw LaunchMessage.TLS_KEYSTORE.exception(file, "no private key in it");
    } catch (NoSuchFileException e) {
      throw LaunchMessage.TLS_KEYSTORE.exception(file, "there is no such file");
    } catch (IOException | GeneralSecurityException e) {
      throw LaunchMessage.TLS_KEYSTORE.exception(file, DatabaseCheck.oneLine(e));
    }
  }
}
