package org.kvantenergo.benchmark.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kvantenergo.simulator.Load;
import org.kvantenergo.simulator.Simulation;
import org.kvantenergo.simulator.Totals;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Relay;

@Timeout(60)
class BareEchoTest {

  private static final int RECORDS = 1_000;

  private static Totals.Snapshot load(Load.Plan plan) throws Exception {
    try (BareEcho echo = BareEcho.open("127.0.0.1", 0);
        Simulation simulation =
            new Simulation(
                Simulation.Settings.of("127.0.0.1", echo.port()), Clock.systemUTC(), line -> {})) {
      Load load = new Load(simulation, plan);
      load.start();
      until(simulation, now -> now.acknowledged() >= RECORDS);
      simulation.stop();
      load.finish();
      until(simulation, now -> now.open() == 0);
      return simulation.totals().snapshot();
    }
  }

  private static void until(Simulation simulation, Predicate<Totals.Snapshot> reached)
      throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    boolean there = false;
    while (!there) {
      there = never.await(5, TimeUnit.MILLISECONDS) || reached.test(simulation.totals().snapshot());
    }
  }

  @Test
  void keptSessionsAreAnswered() throws Exception {
    Totals.Snapshot totals = load(new Load.Plan(50, 64, true, 50, 1));
    assertThat(totals.clean()).isTrue();
    assertThat(totals.already()).isZero();
    assertThat(totals.sessions()).isEqualTo(50);
    assertThat(totals.complete()).isEqualTo(50);
  }

  @Test
  void byeEndsASession() throws Exception {
    Totals.Snapshot totals = load(new Load.Plan(20, 1, false, 100, 1));
    assertThat(totals.clean()).isTrue();
    assertThat(totals.complete()).isEqualTo(totals.sessions()).isEqualTo(totals.stored());
  }

  @Test
  void framesInPiecesAreAnsweredWhole() throws Exception {
    byte[] info = FrameEncoder.encode(Info.TYPE, 0x1234, new byte[11]);
    byte[] relay =
        FrameEncoder.encode(
            Relay.TYPE, 7, PacketEncoder.payload(new Relay(0x0102, Info.TYPE, new byte[11])));
    byte[] bye = FrameEncoder.encode(Bye.TYPE, 8, new byte[0]);
    try (BareEcho echo = BareEcho.open("127.0.0.1", 0);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), echo.port())) {
      socket.setTcpNoDelay(true);
      for (byte piece : info) {
        socket.getOutputStream().write(piece);
      }
      DataInputStream in = new DataInputStream(socket.getInputStream());
      assertThat(hex(in.readNBytes(11))).isEqualTo("4b56050082341202000000");
      in.readNBytes(2);
      socket.getOutputStream().write(relay);
      assertThat(hex(in.readNBytes(20))).isEqualTo("4b5605009007000b000201000000000000820000");
      in.readNBytes(2);
      socket.getOutputStream().write(bye);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
