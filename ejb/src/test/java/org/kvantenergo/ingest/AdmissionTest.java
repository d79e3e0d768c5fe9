package org.kvantenergo.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.NewDevice;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck.Result;
import org.kvantenergo.wire.packet.PacketEncoder;

/** Who is let in, above all with a key. */
class AdmissionTest {

  private static final byte[] KEY =
      HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  private static final Instant NOW = Instant.parse("2021-02-15T11:00:00Z");

  private final IngestRig rig = new IngestRig();
  private DeviceId keyed;

  @BeforeEach
  void register() throws Exception {
    rig.database.execute("insert into organisation (name, runs_installation) values ('К', true)");
    OrganisationId owner =
        new OrganisationId(Long.parseLong(rig.database.value("select id from organisation")));
    rig.registry.register(
        owner,
        rig.registry.group(owner, "642M_MTS", 1),
        List.of(
            new NewDevice(DeviceRow.Kind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2, 642, NOW),
            new NewDevice(DeviceRow.Kind.MODULE, 868333030969634L, 207900001121L, 642, NOW)));
    keyed =
        rig.registry
            .standings(
                List.of(new DeviceClaim(DeviceRow.Kind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2)))
            .get(0)
            .registered();
    rig.keys.set(keyed, KEY);
  }

  /** A HELLO of the keyed module whose tag is right for the key given; none without one. */
  private static SessionRequest hello(long counter, byte[] key) {
    Hello hello =
        new Hello(
            DeviceKind.MODULE, Fleet.IMEI_2, Fleet.SERIAL_2, 642, 261, "", 0xABCDL << 48 | counter);
    return request(hello, key, "10.0.0.1", false);
  }

  private static SessionRequest request(Hello hello, byte[] key, String address, boolean full) {
    Frame frame = Fleet.frame(hello);
    if (key != null) {
      byte[] bytes =
          new FrameKey(key, hello.nonce())
              .encode(FrameKey.Direction.UP, Hello.TYPE, 1, PacketEncoder.payload(hello));
      FrameParse parse = FrameParser.parse(java.nio.ByteBuffer.wrap(bytes));
      frame = ((FrameParse.Whole) parse).frame();
    }
    return new SessionRequest(hello, frame, address, 40_000, "node-1", NOW, full);
  }

  private static SessionRequest stranger(long i, String address) {
    Hello hello =
        new Hello(DeviceKind.MODULE, 861000000000000L + i, 310000000000L + i, 642, 261, "", i);
    return request(hello, null, address, false);
  }

  private List<Result> results(SessionRequest... requests) throws Exception {
    return rig.admit(requests).stream().map(Admission::result).toList();
  }

  @Test
  void theRightTagAndAGreaterCounterAreAccepted() throws Exception {
    Admission first = rig.admit(hello(5, KEY)).get(0);
    assertThat(first.result()).isEqualTo(Result.ACCEPTED);
    assertThat(first.deviceId()).isEqualTo(keyed.value());
    assertThat(first.key()).isNotNull();
    assertThat(results(hello(6, KEY))).containsExactly(Result.ACCEPTED);
    assertThat(rig.database.value("select counter from device_key")).isEqualTo("6");
  }

  @Test
  void theSameSessionAgainIsRefusedAndChangesNothing() throws Exception {
    assertThat(results(hello(5, KEY))).containsExactly(Result.ACCEPTED);
    Admission again = rig.admit(hello(5, KEY)).get(0);
    assertThat(again.result()).isEqualTo(Result.NOT_AUTHENTIC);
    assertThat(again.key()).as("this answer is tagged too").isNotNull();
    assertThat(again.sessionId()).isZero();
    assertThat(results(hello(4, KEY))).containsExactly(Result.NOT_AUTHENTIC);
    assertThat(rig.database.value("select counter from device_key")).isEqualTo("5");
  }

  @Test
  void countersGrowWithinOneBatchToo() throws Exception {
    assertThat(results(hello(5, KEY), hello(5, KEY), hello(7, KEY), hello(6, KEY)))
        .containsExactly(
            Result.ACCEPTED, Result.NOT_AUTHENTIC, Result.ACCEPTED, Result.NOT_AUTHENTIC);
    assertThat(rig.database.value("select counter from device_key")).isEqualTo("7");
  }

  @Test
  void ofTheSameCounterAtOnceOneIsAccepted() throws Exception {
    int attempts = 8;
    ExecutorService nodes = Executors.newFixedThreadPool(attempts);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Result>> answers =
          IntStream.range(0, attempts)
              .mapToObj(
                  i ->
                      nodes.submit(
                          () -> {
                            start.await();
                            return rig.admit(hello(9, KEY)).get(0).result();
                          }))
              .toList();
      start.countDown();
      int accepted = 0;
      for (Future<Result> answer : answers) {
        accepted += answer.get() == Result.ACCEPTED ? 1 : 0;
      }
      assertThat(accepted).isEqualTo(1);
    } finally {
      nodes.shutdownNow();
    }
  }

  @Test
  void theCounterIsUnsignedAndMayBeginAtZero() throws Exception {
    assertThat(results(hello(0, KEY), hello(0x8000_0000L, KEY), hello(0xFFFF_FFFFL, KEY)))
        .containsExactly(Result.ACCEPTED, Result.ACCEPTED, Result.ACCEPTED);
    assertThat(rig.database.value("select counter from device_key")).isEqualTo("4294967295");
  }

  @Test
  void aWrongOrMissingTagIsRefusedAndMovesNothing() throws Exception {
    assertThat(results(hello(5, null), hello(6, new byte[32])))
        .containsExactly(Result.NOT_AUTHENTIC, Result.NOT_AUTHENTIC);
    assertThat(rig.database.value("select counter is null from device_key")).isEqualTo("t");
  }

  @Test
  void whoIsBlockedIsToldSoOnlyIfHeIsWhoHeSays() throws Exception {
    rig.database.execute("update device set state = 'BLOCKED' where id = " + keyed.value());
    List<Admission> admissions = rig.admit(hello(5, KEY), hello(6, null));
    assertThat(admissions)
        .extracting(Admission::result)
        .containsExactly(Result.BLOCKED, Result.NOT_AUTHENTIC);
    assertThat(admissions).allSatisfy(a -> assertThat(a.key()).isNotNull());
    assertThat(rig.database.value("select counter is null from device_key")).isEqualTo("t");
  }

  @Test
  void aNewKeyBeginsAnew() throws Exception {
    assertThat(results(hello(50, KEY))).containsExactly(Result.ACCEPTED);
    byte[] next = KEY.clone();
    next[0] = 99;
    rig.keys.set(keyed, next);
    assertThat(results(hello(51, KEY), hello(1, next)))
        .containsExactly(Result.NOT_AUTHENTIC, Result.ACCEPTED);
    rig.keys.remove(keyed);
    assertThat(results(hello(1, null), hello(60, KEY)))
        .as("a tag that nobody can check: kept apart")
        .containsExactly(Result.ACCEPTED, Result.NOT_REGISTERED);
  }

  @Test
  void aKeyThatCannotBeOpenedKeepsOutItsDeviceAlone() throws Exception {
    rig.database.execute(
        "update device_key set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)");
    List<Admission> admissions =
        rig.admit(hello(5, KEY), Fleet.module(868333030969634L, 207900001121L));
    assertThat(admissions)
        .extracting(Admission::result)
        .containsExactly(Result.NOT_AUTHENTIC, Result.ACCEPTED);
  }

  @Test
  void keysAreSealedInTheDatabase() throws Exception {
    assertThat(rig.database.value("select encode(sealed, 'hex') from device_key"))
        .doesNotContain(HexFormat.of().formatHex(KEY, 0, 8));
  }

  @Test
  void withoutADatabaseEverybodyIsBusyAndTheAnswerIsTagged() throws Exception {
    results(hello(5, KEY));
    DataSource away =
        (DataSource)
            java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) -> {
                  throw new SQLException("connection refused", "08001");
                });
    List<Admission> busy =
        rig.admissions(away, 10, 10).admit(List.of(hello(6, KEY), stranger(1, "10.0.0.1")));
    assertThat(busy).extracting(Admission::result).containsOnly(Result.BUSY);
    assertThat(busy.get(0).key()).isNotNull();
    assertThat(busy.get(1).key()).isNull();
    assertThat(busy).allSatisfy(a -> assertThat(a.retryAfter()).isBetween(30, 300));
  }

  @Test
  void aFullNodeSendsAwayWithoutAsking() throws Exception {
    results(hello(5, KEY));
    Hello hello = hello(6, KEY).hello();
    List<Admission> admissions = rig.admit(request(hello, KEY, "10.0.0.1", true), hello(7, KEY));
    assertThat(admissions)
        .extracting(Admission::result)
        .containsExactly(Result.BUSY, Result.ACCEPTED);
    assertThat(admissions.get(0).key()).isNotNull();
  }

  @Test
  void strangersAreLimitedPerAddressAndInAll() throws Exception {
    AdmissionService limited = rig.admissions(rig.database.dataSource(), 2, 3);
    List<SessionRequest> requests =
        List.of(
            stranger(1, "10.0.0.1"),
            stranger(2, "10.0.0.1"),
            stranger(3, "10.0.0.1"),
            stranger(4, "10.0.0.2"),
            stranger(5, "10.0.0.3"));
    assertThat(limited.admit(requests))
        .extracting(Admission::result)
        .containsExactly(
            Result.NOT_REGISTERED,
            Result.NOT_REGISTERED,
            Result.BUSY,
            Result.NOT_REGISTERED,
            Result.BUSY);
    rig.registry.keepApart(
        List.of(new DeviceClaim(DeviceRow.Kind.MODULE, 861000000000003L, 310000000003L)));
    assertThat(limited.admit(List.of(stranger(3, "10.0.0.1"))))
        .extracting(Admission::result)
        .as("who has a row already goes on")
        .containsExactly(Result.NOT_REGISTERED);
  }
}
