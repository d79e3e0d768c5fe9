package org.kvantenergo.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Applies the CLI script to the unpacked WildFly, once per state of script and stock configuration.
 *
 * <p>A CLI script that adds resources fails when it is run twice, so the stock {@code
 * standalone-full.xml} is kept beside the result and every run starts from it. A marker file holds
 * the digest of what was applied: nothing changed, nothing done.
 */
public final class Provision {
  private static final String CONFIGURATION = "standalone/configuration/standalone-full.xml";

  private final Path home;
  private final Path script;

  /**
   * @param home the unpacked server, with {@code bin} and {@code standalone} directly inside
   * @param script the CLI script, which embeds the server by itself
   */
  public Provision(Path home, Path script) {
    this.home = home;
    this.script = script;
  }

  /** Arguments: server folder, CLI script. */
  public static void main(String[] args) throws IOException, InterruptedException {
    new Provision(Path.of(args[0]), Path.of(args[1])).apply();
  }

  /**
   * @return whether the script was run; false when its result is already there
   * @throws IOException when the CLI refuses the script; the message is what it printed
   */
  public boolean apply() throws IOException, InterruptedException {
    Path configuration = home.resolve(CONFIGURATION);
    Path stock = configuration.resolveSibling("standalone-full.stock.xml");
    if (Files.notExists(stock)) {
      Files.copy(configuration, stock);
    }
    Path marker = home.resolve("kvant-provisioned");
    String digest = digest(stock, script);
    if (Files.exists(marker) && Files.readString(marker).equals(digest)) {
      return false;
    }
    Files.deleteIfExists(marker);
    Files.copy(stock, configuration, StandardCopyOption.REPLACE_EXISTING);
    runCli();
    Files.writeString(marker, digest);
    return true;
  }

  private void runCli() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            home.resolve("bin/jboss-cli.sh").toString(), "--file=" + script.toAbsolutePath());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("NOPAUSE", "true");
    builder.redirectErrorStream(true);
    Process cli = builder.start();
    cli.getOutputStream().close();
    String output = new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (cli.waitFor() != 0) {
      throw new IOException("The server's CLI refused " + script + ":\n" + output);
    }
  }

  private static String digest(Path... files) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        sha256.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
