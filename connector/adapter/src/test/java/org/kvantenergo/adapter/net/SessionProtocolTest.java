package org.kvantenergo.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kvantenergo.adapter.ModuleFrames.answers;
import static org.kvantenergo.adapter.ModuleFrames.broken;
import static org.kvantenergo.adapter.ModuleFrames.bye;
import static org.kvantenergo.adapter.ModuleFrames.frame;
import static org.kvantenergo.adapter.ModuleFrames.hello;
import static org.kvantenergo.adapter.ModuleFrames.helloPacket;
import static org.kvantenergo.adapter.ModuleFrames.info;
import static org.kvantenergo.adapter.ModuleFrames.ping;
import static org.kvantenergo.adapter.ModuleFrames.readings;
import static org.kvantenergo.adapter.ModuleFrames.together;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kvantenergo.adapter.delivery.Dispatcher;
import org.kvantenergo.adapter.delivery.Outcome;
import org.kvantenergo.adapter.delivery.Stored;
import org.kvantenergo.adapter.metrics.AdapterMeters;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.DueCommand;
import org.kvantenergo.wire.EndReason;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Ping;
import org.kvantenergo.wire.packet.Relay;

/** Conversations of one session, byte for byte, without a socket. */
class SessionProtocolTest {

  private static final Instant NOW = Instant.parse("2023-07-22T09:00:00Z");
  private static final long SERIAL = 642_000_017L;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AdapterMeters meters = new AdapterMeters(registry);
  private final Recorder recorder = new Recorder();
  private SessionProtocol session = session(false);
  private ByteBuffer unread = ByteBuffer.allocate(0);

  private SessionProtocol session(boolean full) {
    return new SessionProtocol(
        recorder,
        new Origin("10.0.0.1", 4711, "node", NOW.minusSeconds(1), full),
        Clock.fixed(NOW, ZoneOffset.UTC),
        meters);
  }

  private void receive(byte[]... frames) {
    unread = ByteBuffer.wrap(together(rest(), together(frames)));
    session.received(unread);
  }

  private byte[] rest() {
    byte[] left = new byte[unread.remaining()];
    unread.get(left);
    return left;
  }

  private void admit(HelloAck.Result result) {
    admit(result, null);
  }

  private void admit(HelloAck.Result result, FrameKey key) {
    session.admitted(
        new Outcome.Committed<>(new Admission(result, result.open() ? 77 : 0, 17, 0, key)));
    session.received(unread);
  }

  private void open() {
    receive(hello(1, SERIAL));
    admit(HelloAck.Result.ACCEPTED);
    recorder.sent.reset();
  }

  private void stored(int index, boolean before) {
    Reply.Kind kind = before ? Reply.Kind.STORED_BEFORE : Reply.Kind.STORED;
    stored(index, new Reply(kind, 0, List.of()));
  }

  private void stored(int index, Reply reply) {
    session.stored(recorder.slots.get(index), new Outcome.Committed<>(Stored.unbooked(reply)));
  }

  private void notStored(int index) {
    session.stored(recorder.slots.get(index), new Outcome.Failed<>(new Exception("disk full")));
  }

  private List<String> sent() {
    return answers(recorder.sent.toByteArray());
  }

  @Test
  void aScheduledSessionCostsOneRoundTrip() {
    receive(hello(1, SERIAL), info(2), readings(3, 100, 101), bye(4));
    assertThat(recorder.requests).hasSize(1);
    assertThat(recorder.requests.get(0).remote()).isEqualTo("10.0.0.1:4711");
    assertThat(recorder.requests.get(0).openedAt()).isEqualTo(NOW.minusSeconds(1));
    assertThat(recorder.deliveries).as("nothing is stored before the admission").isEmpty();
    admit(HelloAck.Result.ACCEPTED);
    assertThat(recorder.deliveries).hasSize(2);
    stored(0, false);
    assertThat(recorder.closed).isFalse();
    stored(1, false);
    assertThat(sent()).containsExactly("HELLO_ACK 1 ACCEPTED", "ACK 2 new", "ACK 3 new");
    assertThat(recorder.closed).isTrue();
    assertThat(recorder.end()).isEqualTo("BYE after 4");
  }

  @Test
  void theFirstAnswerIsByteForByteTheProtocols() {
    receive(hello(1, SERIAL));
    admit(HelloAck.Result.ACCEPTED);
    byte[] expected =
        FrameEncoder.encode(0x81, 1, HexFormat.of().parseHex("00" + "909abb64" + "0000"));
    assertThat(recorder.sent.toByteArray()).isEqualTo(expected);
  }

  @Test
  void byteByByteIsTheSame() {
    for (byte one : together(hello(1, SERIAL), info(2))) {
      receive(new byte[] {one});
    }
    admit(HelloAck.Result.ACCEPTED);
    for (byte one : together(readings(3, 5), ping(4))) {
      receive(new byte[] {one});
    }
    stored(0, false);
    stored(1, true);
    assertThat(sent())
        .containsExactly("HELLO_ACK 1 ACCEPTED", "ACK 2 new", "ACK 3 again", "ACK 4 new");
  }

  @Test
  void answersKeepTheOrderOfTheFrames() {
    open();
    receive(readings(2, 1), ping(3), readings(4, 2), info(5), ping(6));
    assertThat(sent()).isEmpty();
    stored(2, false);
    stored(1, false);
    assertThat(sent()).isEmpty();
    stored(0, true);
    assertThat(sent())
        .containsExactly("ACK 2 again", "ACK 3 new", "ACK 4 new", "ACK 5 new", "ACK 6 new");
  }

  @Test
  void anUnknownDeviceIsServedAndTold() {
    receive(hello(9, SERIAL), readings(10, 1));
    admit(HelloAck.Result.NOT_REGISTERED);
    stored(0, false);
    assertThat(sent()).containsExactly("HELLO_ACK 9 NOT_REGISTERED", "ACK 10 new");
    assertThat(recorder.closed).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"BLOCKED", "NOT_AUTHENTIC", "BUSY"})
  void aRefusalCloses(HelloAck.Result result) {
    receive(hello(1, SERIAL), readings(2, 1));
    admit(result);
    assertThat(sent()).containsExactly("HELLO_ACK 1 " + result);
    assertThat(recorder.closed).isTrue();
    assertThat(recorder.deliveries).isEmpty();
    assertThat(recorder.ends).isEmpty();
  }

  @Test
  void aFailedAdmissionSendsTheModuleAwayForAWhile() {
    receive(hello(1, SERIAL));
    session.admitted(new Outcome.Failed<>(new Exception("no database")));
    assertThat(sent()).containsExactly("HELLO_ACK 1 BUSY");
    ByteBuffer payload = ByteBuffer.wrap(recorder.sent.toByteArray());
    int retryAfter = (payload.get(14) & 0xFF) | (payload.get(15) & 0xFF) << 8;
    assertThat(retryAfter).isBetween(30, 300);
    assertThat(recorder.closed).isTrue();
  }

  @Test
  void aFullServerAsksForABusyThatCanBeSigned() {
    session = session(true);
    receive(hello(1, SERIAL));
    assertThat(recorder.requests.get(0).full()).isTrue();
    admit(HelloAck.Result.BUSY, key());
    assertThat(sent()).containsExactly("HELLO_ACK 1 BUSY tagged");
    assertThat(recorder.closed).isTrue();
  }

  @Test
  void whatIsNotCommittedIsRejectedAndCloses() {
    open();
    receive(readings(2, 1), readings(3, 2));
    notStored(0);
    notStored(1);
    assertThat(sent()).containsExactly("REJECT 2 STORAGE_UNAVAILABLE");
    assertThat(recorder.closed).isTrue();
    assertThat(recorder.end()).isEqualTo("STORAGE_UNAVAILABLE after 3");
  }

  @ParameterizedTest
  @CsvSource({
    // a READINGS before HELLO; version 4; N = 4097
    "4b56 05 00 05 0200 0000 9a9b, REJECT 2 BAD_CRC, false",
    "4b56 04 00 05 0200 0000, REJECT 2 UNSUPPORTED_VERSION, true",
    "4b56 05 00 05 0200 0110, REJECT 2 TOO_LONG, true"
  })
  void theHeaderIsCheckedFirst(String hex, String answer, boolean closes) {
    receive(HexFormat.of().parseHex(hex.replace(" ", "")));
    assertThat(sent()).containsExactly(answer);
    assertThat(recorder.closed).isEqualTo(closes);
  }

  @Test
  void helloComesFirst() {
    receive(ping(1));
    assertThat(sent()).containsExactly("REJECT 1 HELLO_EXPECTED");
    assertThat(recorder.closed).isTrue();
    assertThat(recorder.ends).isEmpty();
  }

  @Test
  void helloExpectedIsCheckedBeforeTheFlags() {
    receive(FrameEncoder.encode(new Frame(2, 5, 1, new byte[0], new byte[0])));
    assertThat(sent()).containsExactly("REJECT 1 HELLO_EXPECTED");
  }

  @Test
  void aSecondHelloIsMalformed() {
    open();
    receive(hello(2, SERIAL), ping(3));
    assertThat(sent()).containsExactly("REJECT 2 MALFORMED", "ACK 3 new");
    assertThat(recorder.closed).isFalse();
  }

  @Test
  void theFlagsAreCheckedBeforeTheType() {
    open();
    receive(FrameEncoder.encode(new Frame(2, 0x7E, 2, new byte[0], new byte[0])));
    assertThat(sent()).containsExactly("REJECT 2 MALFORMED");
  }

  @Test
  void typesOfLaterVersionsAndOfOthersAreUnknown() {
    open();
    receive(FrameEncoder.encode(0x10, 2, new byte[9]), FrameEncoder.encode(0x82, 3, new byte[2]));
    assertThat(sent()).containsExactly("REJECT 2 UNKNOWN_TYPE", "REJECT 3 UNKNOWN_TYPE");
    assertThat(recorder.closed).isFalse();
  }

  @Test
  void theThirdFaultCloses() {
    open();
    receive(broken(ping(2)), ping(3), FrameEncoder.encode(0x7E, 4, new byte[0]));
    assertThat(recorder.closed).isFalse();
    receive(FrameEncoder.encode(2, 5, new byte[] {0}), ping(6));
    assertThat(sent())
        .containsExactly(
            "REJECT 2 BAD_CRC", "ACK 3 new", "REJECT 4 UNKNOWN_TYPE", "REJECT 5 MALFORMED");
    assertThat(recorder.closed).isTrue();
    assertThat(recorder.end()).isEqualTo("REJECTED after 5");
  }

  @Test
  void faultsBeforeHelloCountToo() {
    receive(broken(hello(1, SERIAL)), FrameEncoder.encode(1, 2, new byte[38]));
    assertThat(recorder.closed).isFalse();
    receive(hello(3, SERIAL));
    admit(HelloAck.Result.ACCEPTED);
    receive(broken(ping(4)));
    assertThat(sent())
        .containsExactly(
            "REJECT 1 BAD_CRC", "REJECT 2 MALFORMED", "HELLO_ACK 3 ACCEPTED", "REJECT 4 BAD_CRC");
    assertThat(recorder.closed).isTrue();
  }

  @Test
  void foreignBytesCloseWithoutAWord() {
    receive("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(recorder.sent.size()).isZero();
    assertThat(recorder.closed).isTrue();
  }

  @Test
  void foreignBytesAfterReadingsWaitForTheirAck() {
    open();
    receive(readings(2, 1), new byte[] {0x00});
    assertThat(recorder.closed).isFalse();
    stored(0, false);
    assertThat(sent()).containsExactly("ACK 2 new");
    assertThat(recorder.closed).isTrue();
    assertThat(recorder.end()).isEqualTo("REJECTED after 3");
  }

  @Test
  void nothingIsReadAfterBye() {
    open();
    receive(bye(2), readings(3, 1));
    assertThat(recorder.deliveries).isEmpty();
    assertThat(sent()).isEmpty();
    assertThat(recorder.end()).isEqualTo("BYE after 2");
  }

  @Test
  void readingPausesWhenTooManyAnswersAreOwed() {
    open();
    byte[][] frames = new byte[140][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = readings(i + 2, i);
    }
    receive(frames);
    assertThat(recorder.deliveries).hasSize(128);
    stored(0, false);
    session.received(unread);
    assertThat(recorder.deliveries).hasSize(129);
  }

  @Test
  void readingPausesWhenTooManyRecordsAreOwedAnAnswer() {
    open();
    byte[][] frames = new byte[10][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = readings(i + 2, LongStream.range(64L * i, 64L * (i + 1)).toArray());
    }
    receive(frames);
    assertThat(recorder.deliveries).hasSize(8);
    stored(1, false);
    session.received(unread);
    assertThat(recorder.deliveries).as("the first answer is still owed").hasSize(8);
    stored(0, false);
    session.received(unread);
    assertThat(recorder.deliveries).hasSize(10);
  }

  @Test
  void readingPausesWhileStorageIsPressed() {
    open();
    recorder.pressed = true;
    receive(readings(2, 1));
    assertThat(recorder.deliveries).isEmpty();
    assertThat(session.reading()).isFalse();
    recorder.pressed = false;
    session.received(unread);
    assertThat(recorder.deliveries).hasSize(1);
  }

  @Test
  void takenOverMeansAtOnceAndSilently() {
    open();
    receive(readings(2, 1));
    session.cut(EndReason.TAKEN_OVER);
    assertThat(recorder.closed).isTrue();
    assertThat(recorder.end()).isEqualTo("TAKEN_OVER after 2");
    stored(0, false);
    session.disconnected(EndReason.PEER_CLOSED);
    assertThat(sent()).isEmpty();
    assertThat(recorder.ends).hasSize(1);
  }

  @Test
  void theStopAnswersWhatIsOwedFirst() {
    open();
    receive(readings(2, 1));
    session.serverStops();
    receive(ping(3));
    assertThat(recorder.closed).isFalse();
    stored(0, false);
    assertThat(sent()).containsExactly("ACK 2 new");
    assertThat(recorder.closed).isTrue();
    assertThat(recorder.end()).isEqualTo("SERVER_STOPPED after 2");
  }

  @Test
  void theStopWaitsForAnAdmission() {
    receive(hello(1, SERIAL), readings(2, 1));
    session.serverStops();
    assertThat(recorder.closed).isFalse();
    admit(HelloAck.Result.ACCEPTED);
    assertThat(sent()).containsExactly("HELLO_ACK 1 ACCEPTED");
    assertThat(recorder.deliveries).isEmpty();
    assertThat(recorder.end()).isEqualTo("SERVER_STOPPED after 1");
  }

  @Test
  void whoLeavesBeforeTheAdmissionStillHasAnEnd() {
    receive(hello(1, SERIAL));
    session.disconnected(EndReason.PEER_CLOSED);
    assertThat(recorder.ends).isEmpty();
    admit(HelloAck.Result.ACCEPTED);
    assertThat(sent()).isEmpty();
    assertThat(recorder.end()).isEqualTo("PEER_CLOSED after 1");
  }

  @Test
  void whoSaysByeAndLeavesSaidBye() {
    open();
    receive(readings(2, 1), bye(3));
    session.disconnected(EndReason.PEER_CLOSED);
    assertThat(recorder.end()).isEqualTo("BYE after 3");
  }

  @Test
  void everyDeliveryNamesItsSessionAndItsTime() {
    open();
    receive(info(2));
    Delivery delivery = recorder.deliveries.get(0);
    assertThat(delivery).isInstanceOf(Delivery.OfInfo.class);
    assertThat(delivery.at()).isEqualTo(NOW);
    assertThat(delivery.session().admission().sessionId()).isEqualTo(77);
    assertThat(delivery.session().request()).isSameAs(recorder.requests.get(0));
  }

  @Test
  void authenticationThatNobodyCanCheckIsPassedOn() {
    Frame plain = ((FrameParse.Whole) FrameParser.parse(ByteBuffer.wrap(hello(1, SERIAL)))).frame();
    receive(FrameEncoder.encode(new Frame(Frame.AUTH, 1, 1, plain.payload(), new byte[8])));
    assertThat(recorder.requests.get(0).frame().authenticated()).isTrue();
    admit(HelloAck.Result.NOT_REGISTERED);
    assertThat(recorder.sent.toByteArray()[3]).as("flags: no tag").isZero();
    receive(frame(2, new Ping()));
    assertThat(sent()).containsExactly("HELLO_ACK 1 NOT_REGISTERED", "ACK 2 new");
  }

  private static FrameKey key() {
    return new FrameKey(new byte[FrameKey.LENGTH], 7);
  }

  private static byte[] tagged(byte[] plain) {
    Frame frame = ((FrameParse.Whole) FrameParser.parse(ByteBuffer.wrap(plain))).frame();
    return key().encode(FrameKey.Direction.UP, frame.type(), frame.seq(), frame.payload());
  }

  private void openWithKey(int helloSeq) {
    receive(tagged(hello(helloSeq, SERIAL)));
    admit(HelloAck.Result.ACCEPTED, key());
    recorder.sent.reset();
  }

  @ParameterizedTest
  @CsvSource({"ACCEPTED", "BLOCKED", "NOT_AUTHENTIC", "BUSY"})
  void withAKeyEveryAnswerIsTagged(HelloAck.Result result) {
    receive(tagged(hello(1, SERIAL)));
    admit(result, key());
    assertThat(sent()).containsExactly("HELLO_ACK 1 " + result + " tagged");
    FrameParse parse = FrameParser.parse(ByteBuffer.wrap(recorder.sent.toByteArray()));
    Frame frame = ((FrameParse.Whole) parse).frame();
    assertThat(key().signed(FrameKey.Direction.DOWN, frame)).isTrue();
  }

  @Test
  void taggedFramesInOrderAreServedAndAnsweredTagged() {
    openWithKey(1);
    receive(tagged(ping(2)), tagged(readings(3, 1)), broken(tagged(ping(4))), tagged(ping(5)));
    stored(0, false);
    assertThat(sent())
        .containsExactly(
            "ACK 2 new tagged", "ACK 3 new tagged", "REJECT 4 BAD_CRC tagged", "ACK 5 new tagged");
  }

  @Test
  void aFrameWithABadCrcMayBeSentAgainUnderItsSeq() {
    openWithKey(1);
    receive(broken(tagged(ping(2))), tagged(ping(2)), tagged(ping(3)));
    assertThat(sent())
        .containsExactly("REJECT 2 BAD_CRC tagged", "ACK 2 new tagged", "ACK 3 new tagged");
  }

  @Test
  void theSeqAfter65535Is1() {
    openWithKey(65_534);
    receive(tagged(ping(65_535)), tagged(ping(1)));
    assertThat(sent()).containsExactly("ACK 65535 new tagged", "ACK 1 new tagged");
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "0", "65535"})
  void aSeqOutOfOrderEndsAnAuthenticatedSession(int seq) {
    openWithKey(1);
    receive(tagged(readings(seq, 1)));
    assertThat(sent()).containsExactly("REJECT " + seq + " BAD_TAG tagged");
    assertThat(recorder.closed).isTrue();
    assertThat(recorder.deliveries).isEmpty();
  }

  @Test
  void aMissingOrWrongTagEndsAnAuthenticatedSession() {
    openWithKey(1);
    receive(readings(2, 1));
    assertThat(sent()).containsExactly("REJECT 2 BAD_TAG tagged");
    assertThat(recorder.deliveries).isEmpty();
  }

  @Test
  void theTagIsCheckedBeforeFlagsTypeAndStructure() {
    openWithKey(1);
    receive(FrameEncoder.encode(new Frame(3, 0x7E, 2, new byte[9], new byte[8])));
    assertThat(sent()).containsExactly("REJECT 2 BAD_TAG tagged");
  }

  @Test
  void commandsFollowTheAckWithOurOwnSeq() {
    open();
    receive(readings(2, 1), info(3));
    stored(1, new Reply(Reply.Kind.STORED, 1, List.of(due(0, 78))));
    stored(0, new Reply(Reply.Kind.STORED, 2, List.of(due(0, 77))));
    assertThat(sent())
        .containsExactly("ACK 2 new 2 due", "COMMAND 1 77", "ACK 3 new 1 due", "COMMAND 2 78");
    assertThat(recorder.noted.subList(1, 3))
        .extracting(noted -> ((Delivery.OfCommandSent) noted).commandId())
        .containsExactly(77L, 78L);
  }

  @Test
  void aResultIsStoredAndAcknowledged() {
    open();
    receive(frame(2, new CommandResult(77, 1)), frame(3, new CommandResult(77, 1)));
    assertThat(((Delivery.OfResult) recorder.deliveries.get(0)).packet())
        .isEqualTo(new CommandResult(77, 1));
    stored(0, false);
    stored(1, true);
    assertThat(sent()).containsExactly("ACK 2 new", "ACK 3 again");
  }

  @Test
  void aModuleMayNotRelay() {
    open();
    receive(frame(2, new Relay(5, 5, new byte[0])));
    assertThat(sent()).containsExactly("REJECT 2 UNKNOWN_TYPE");
  }

  private void openStation() {
    receive(frame(1, helloPacket(DeviceKind.BASE_STATION, SERIAL)));
    admit(HelloAck.Result.ACCEPTED);
    recorder.sent.reset();
  }

  @Test
  void whatIsRelayedIsAnsweredInside() {
    openStation();
    byte[] inner = ByteBuffer.wrap(readings(0, 1)).slice(9, 55).array();
    receive(
        frame(2, new Relay(5, 2, java.util.Arrays.copyOfRange(inner, 9, 64))),
        frame(3, new Relay(6, 4, new byte[] {77, 0, 0, 0, 0})));
    assertThat(((Delivery.Frame) recorder.deliveries.get(0)).block()).isEqualTo(5);
    stored(0, new Reply(Reply.Kind.STORED, 1, List.of(due(5, 79))));
    stored(1, new Reply(Reply.Kind.BLOCK_BLOCKED, 0, List.of()));
    assertThat(sent())
        .containsExactly(
            "RELAY 2 5 (ACK 2 new 1 due)",
            "RELAY 1 5 (COMMAND 1 79)",
            "RELAY 3 6 (REJECT 3 BLOCK_BLOCKED)");
    assertThat(recorder.closed).isFalse();
    assertThat(recorder.noted.get(0))
        .isInstanceOf(Delivery.OfStart.class)
        .extracting(Dispatcher::device)
        .isEqualTo(SERIAL);
    assertThat(recorder.noted.get(1))
        .as("the lane of the command's result")
        .isInstanceOf(Delivery.OfCommandSent.class)
        .extracting(Dispatcher::device)
        .isEqualTo(5L);
  }

  @Test
  void whoOnlyClaimsToBeADeviceDoesNotUseItsPace() {
    receive(hello(1, SERIAL));
    admit(HelloAck.Result.NOT_REGISTERED);
    assertThat(Dispatcher.device(recorder.noted.get(0))).isEqualTo(-SERIAL);
  }

  @Test
  void faultsInsideAreNotTheStations() {
    openStation();
    for (int seq = 2; seq < 10; seq++) {
      receive(frame(seq, new Relay(5, 2, new byte[] {1, 2, 3})));
    }
    receive(frame(10, new Relay(5, 1, new byte[39])), frame(11, new Relay(5, 0x10, new byte[9])));
    assertThat(sent().subList(7, 10))
        .containsExactly(
            "RELAY 9 5 (REJECT 9 MALFORMED)",
            "RELAY 10 5 (REJECT 10 UNKNOWN_TYPE)",
            "RELAY 11 5 (REJECT 11 UNKNOWN_TYPE)");
    assertThat(recorder.closed).isFalse();
  }

  @Test
  void aRelayThatIsNoneIsTheStationsFault() {
    openStation();
    receive(FrameEncoder.encode(0x10, 2, new byte[8]), FrameEncoder.encode(0x10, 3, new byte[9]));
    assertThat(sent()).containsExactly("REJECT 2 MALFORMED", "REJECT 3 MALFORMED");
  }

  @Test
  void storageThatFailsARelayEndsTheStationsSession() {
    openStation();
    receive(frame(2, new Relay(5, 4, new byte[] {77, 0, 0, 0, 0})));
    notStored(0);
    assertThat(sent()).containsExactly("REJECT 2 STORAGE_UNAVAILABLE");
    assertThat(recorder.closed).isTrue();
  }

  @Test
  void aPingBringsTheCommandsOfItsBlocks() {
    openStation();
    recorder.pong = new Reply(Reply.Kind.STORED, 0, List.of(due(5, 80), due(6, 81)));
    receive(ping(2));
    assertThat(sent())
        .containsExactly("ACK 2 new", "RELAY 1 5 (COMMAND 1 80)", "RELAY 2 6 (COMMAND 2 81)");
  }

  @Test
  void storageThatIsTooLateIsSaidToTheFirstWhoWaits() {
    open();
    receive(readings(2, 1), readings(3, 2));
    session.storageLate();
    assertThat(sent()).containsExactly("REJECT 2 STORAGE_UNAVAILABLE");
    assertThat(recorder.closed).isTrue();
    stored(0, false);
    assertThat(sent()).hasSize(1);
  }

  @Test
  void anAdmissionThatIsTooLateIsBusyAndStillHasAnEnd() {
    receive(hello(1, SERIAL));
    session.storageLate();
    assertThat(sent()).containsExactly("HELLO_ACK 1 BUSY");
    admit(HelloAck.Result.ACCEPTED);
    assertThat(recorder.end()).isEqualTo("STORAGE_UNAVAILABLE after 1");
    assertThat(sent()).hasSize(1);
  }

  private static DueCommand due(long block, long id) {
    return new DueCommand(block, new Command(id, 2, new byte[0]));
  }

  /** The surroundings of a session, written down. */
  private final class Recorder implements SessionProtocol.Wiring {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<SessionRequest> requests = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<Answers.Slot> slots = new ArrayList<>();
    private final List<Delivery> noted = new ArrayList<>();
    private final List<Delivery.OfEnd> ends = new ArrayList<>();
    private boolean closed;
    private boolean pressed;
    private Reply pong = Reply.STORED;

    private String end() {
      assertThat(ends).hasSize(1);
      return ends.get(0).reason() + " after " + ends.get(0).frames();
    }

    @Override
    public void send(byte[] frame) {
      sent.writeBytes(frame);
    }

    @Override
    public void close(EndReason reason) {
      assertThat(closed).as("closed once").isFalse();
      closed = true;
    }

    @Override
    public void admit(SessionRequest request) {
      requests.add(request);
    }

    @Override
    public void store(Delivery delivery, Answers.Slot slot) {
      if (delivery instanceof Delivery.OfPing) {
        session.stored(slot, new Outcome.Committed<>(Stored.unbooked(pong)));
      } else {
        deliveries.add(delivery);
        slots.add(slot);
      }
    }

    @Override
    public void note(Delivery delivery) {
      if (delivery instanceof Delivery.OfEnd end) {
        ends.add(end);
      } else {
        noted.add(delivery);
      }
    }

    @Override
    public boolean pressed(long serial) {
      return pressed;
    }
  }
}
