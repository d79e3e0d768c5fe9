package org.kvantenergo.adapter.net;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import org.kvantenergo.adapter.AdapterLog;

/**
 * The server's certificate for modules, from a keystore file. A changed file is taken for new
 * connections without a restart; one that cannot be read leaves the old certificate in use. Any
 * thread.
 */
final class Certificates {

  private static final long LOOK_NANOS = 5_000_000_000L;
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private final Path file;
  private final char[] password;
  private final Object look = new Object();
  private volatile SslContext context;
  private volatile long lookedAt;
  private FileTime taken;

  /**
   * Reads the keystore.
   *
   * @param file PKCS#12 or JKS with one private key
   * @param password of the store and of the key
   * @throws IOException with what is wrong, for people
   */
  Certificates(Path file, String password) throws IOException {
    this.file = file;
    this.password = password.toCharArray();
    load();
  }

  /** For a new connection. */
  SslContext context() {
    long now = System.nanoTime();
    if (now - lookedAt > LOOK_NANOS) {
      synchronized (look) {
        if (now - lookedAt > LOOK_NANOS) {
          lookAgain();
        }
      }
    }
    return context;
  }

  private void lookAgain() {
    try {
      if (!Files.getLastModifiedTime(file).equals(taken)) {
        load();
      }
    } catch (IOException e) {
      AdapterLog.TLS_NOT_RELOADED.sayOccasionally(e, file, e.getMessage());
    }
    lookedAt = System.nanoTime();
  }

  private void load() throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(in, password);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      X509Certificate certificate = certificate(store);
      context =
          SslContextBuilder.forServer(keys)
              .sslProvider(SslProvider.JDK)
              .protocols(PROTOCOLS)
              .clientAuth(ClientAuth.NONE)
              .build();
      taken = time;
      lookedAt = System.nanoTime();
      AdapterLog.TLS_LOADED.say(
          certificate.getSubjectX500Principal().getName(), certificate.getNotAfter().toInstant());
    } catch (GeneralSecurityException | IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private X509Certificate certificate(KeyStore store) throws GeneralSecurityException, IOException {
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)
          && store.getCertificate(alias) instanceof X509Certificate certificate) {
        return certificate;
      }
    }
    throw new IOException("no private key with a certificate in it");
  }
}
