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

/**
 * A look at the keystores for TLS before the server: modules' it would try for ever, and for pages
 * it would make a certificate of its own.
 */
final class TlsKeystore {
  private TlsKeystore() {}

  /**
   * Refuses one that the server could not use.
   *
   * @param file PKCS#12 or JKS
   * @param password of the store and of its key
   */
  static void requireUsable(Path file, String password) {
    requireUsable(LaunchMessage.TLS_KEYSTORE, KeyStore.getDefaultType(), file, password);
  }

  /**
   * The same of the one for pages.
   *
   * @param file PKCS#12
   * @param password of the store and of its key
   */
  static void requireUsableForPages(String file, String password) {
    requireUsable(LaunchMessage.HTTPS_KEYSTORE, "PKCS12", Path.of(file), password);
  }

  private static void requireUsable(
      LaunchMessage refusal, String type, Path file, String password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(type);
      store.load(in, password.toCharArray());
      KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm())
          .init(store, password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          return;
        }
      }
      throw refusal.exception(file, "no private key in it");
    } catch (NoSuchFileException e) {
      throw refusal.exception(file, "there is no such file");
    } catch (IOException | GeneralSecurityException e) {
      throw refusal.exception(file, DatabaseCheck.oneLine(e));
    }
  }
}
