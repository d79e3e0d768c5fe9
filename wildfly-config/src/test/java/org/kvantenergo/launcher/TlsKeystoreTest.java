package org.kvantenergo.launcher;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsKeystoreTest {
  @TempDir Path folder;

  private static void assertRefused(Path file, String password, String why) {
    assertThatThrownBy(() -> TlsKeystore.requireUsable(file, password))
        .isInstanceOf(LaunchException.class)
        .hasMessage(
            "KVANT-5012 The keystore "
                + file
                + " cannot be used ("
                + why
                + "). Check -Dkvant.module.tls.keystore and its password in"
                + " KVANT_MODULE_TLS_PASSWORD.");
  }

  @Test
  void ours() throws Exception {
    Path keystore = DemoCertificate.in(folder);
    assertThatCode(() -> TlsKeystore.requireUsable(keystore, DemoCertificate.PASSWORD))
        .doesNotThrowAnyException();
    assertRefused(keystore, "wrong", "keystore password was incorrect");
  }

  @Test
  void missing() {
    assertRefused(folder.resolve("none.p12"), "", "there is no such file");
  }

  @Test
  void withoutKey() throws Exception {
    Path file = folder.resolve("empty.p12");
    java.security.KeyStore empty = java.security.KeyStore.getInstance("PKCS12");
    empty.load(null, null);
    try (java.io.OutputStream out = Files.newOutputStream(file)) {
      empty.store(out, "secret".toCharArray());
    }
    assertRefused(file, "secret", "no private key in it");
  }
}
