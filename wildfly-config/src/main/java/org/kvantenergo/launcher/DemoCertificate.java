package org.kvantenergo.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A self-signed certificate for the demo's TLS port, made once by the JDK's keytool. Nobody should
 * trust it: its password is known to everybody.
 */
public final class DemoCertificate {
  /** Of the keystore and of the key. */
  public static final String PASSWORD = "kvant-demo";

  private DemoCertificate() {}

  /** The keystore in the folder, made if it is not there. */
  public static Path in(Path folder) throws IOException, InterruptedException {
    Path keystore = folder.resolve("modules-demo.p12");
    if (Files.notExists(keystore)) {
      make(keystore);
    }
    return keystore;
  }

  private static void make(Path keystore) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "modules",
            "-keyalg",
            "EC",
            "-dname",
            "CN=Kvant-Energo demo",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-validity",
            "3650",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            keystore.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said.strip());
    }
  }
}
