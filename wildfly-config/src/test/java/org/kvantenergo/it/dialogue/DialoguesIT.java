package org.kvantenergo.it.dialogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.launcher.DemoCertificate;
import org.kvantenergo.launcher.Ports;
import org.kvantenergo.simulator.dialogue.Player;
import org.kvantenergo.simulator.dialogue.Script;
import org.kvantenergo.simulator.dialogue.Surroundings;
import org.kvantenergo.simulator.dialogue.Target;

/**
 * Plays every script against a deployed server. They run side by side, because many spend their
 * time waiting for a limit; those that disturb others come last and alone. {@code
 * -Ddialogue=frame/} plays those whose name contains that.
 */
class DialoguesIT {

  private static final int SIDE_BY_SIDE = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long ASK_AGAIN_NANOS = 100_000_000;
  private static final int KEY = 32;

  /** Short enough to be waited for, and far apart. */
  private static final Surroundings.Limits SHORT =
      new Surroundings.Limits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(40),
          Duration.ofSeconds(10));

  private static final Surroundings.Limits LIMITS =
      Boolean.getBoolean("kvant.full") ? Surroundings.Limits.ofProtocol() : SHORT;

  private static KvantInstance kvant;
  private static DeployedServer server;
  private static Target target;

  @BeforeAll
  static void start() throws Exception {
    byte[] masterKey = new byte[KEY];
    new SecureRandom().nextBytes(masterKey);
    Path keystore = DemoCertificate.in(Files.createTempDirectory("dialogues"));
    int tlsPort = Ports.free();
    kvant =
        KvantInstance.start(
            "dialogues",
            Map.of(
                "kvant.master-key", Base64.getEncoder().encodeToString(masterKey),
                "kvant.module.tls.port", Integer.toString(tlsPort),
                "kvant.module.tls.keystore", keystore.toString(),
                "kvant.module.tls.password", DemoCertificate.PASSWORD,
                "kvant.module.hello-seconds", seconds(LIMITS.hello()),
                "kvant.module.idle-seconds", seconds(LIMITS.idle()),
                "kvant.station.idle-seconds", seconds(LIMITS.stationIdle()),
                "kvant.module.stall-seconds", seconds(LIMITS.stall())));
    awaitOpen(tlsPort);
    server = new DeployedServer(kvant, masterKey, LIMITS);
    target = new Target("127.0.0.1", kvant.modulePort(), tlsPort, PATIENCE);
  }

  /** The plain port does not wait for the other one, and nobody is told when that opens. */
  private static void awaitOpen(int port) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Ports.answers(port)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the TLS port did not open, see " + kvant.log());
      }
      LockSupport.parkNanos(ASK_AGAIN_NANOS);
    }
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }

  @AfterAll
  static void stop() {
    if (kvant != null) {
      kvant.close();
    }
  }

  @TestFactory
  List<DynamicNode> dialogues() throws IOException {
    String part = System.getProperty("dialogue", "");
    List<Script> scripts =
        Dialogues.all().stream().filter(script -> script.file().contains(part)).toList();
    Map<Script, Future<String>> running = new LinkedHashMap<>();
    ExecutorService players = Executors.newFixedThreadPool(SIDE_BY_SIDE);
    for (Script script : scripts) {
      if (!script.alone()) {
        running.put(script, players.submit(() -> play(script)));
      }
    }
    players.shutdown();
    List<DynamicNode> tests = new ArrayList<>();
    running.forEach((script, end) -> tests.add(test(script, () -> outcome(end))));
    for (Script script : scripts) {
      if (script.alone()) {
        tests.add(test(script, () -> play(script)));
      }
    }
    return tests;
  }

  private static DynamicTest test(Script script, ThrowingSupplier<String> playing) {
    return DynamicTest.dynamicTest(script.file(), () -> System.out.println(playing.get()));
  }

  private static String outcome(Future<String> end) throws Throwable {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  private static String play(Script script) {
    long begin = System.nanoTime();
    try {
      new Player(target, server, Clock.systemUTC(), line -> {}).play(script);
    } finally {
      if (script.alone()) {
        server.storage(Surroundings.Fault.NONE);
      }
    }
    return "%s: %d ms".formatted(script.file(), (System.nanoTime() - begin) / 1_000_000);
  }
}
