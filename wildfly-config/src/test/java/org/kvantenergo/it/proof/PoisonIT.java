package org.kvantenergo.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.Talk;
import org.kvantenergo.simulator.ModuleIdentity;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Reject;

/**
 * A frame that the database will never take as it is now costs the thousand sessions around it
 * nothing: each is acknowledged at its first attempt. The frame itself is kept and acknowledged,
 * and stored when it can be.
 */
@ExtendWith(ProofExtension.class)
class PoisonIT {
  private static final int FIRST_MODULE = 1_001;
  private static final int GOOD = 1_000;
  private static final int ROUNDS = ProofExtension.FULL ? 20 : 1;
  private static final ModuleIdentity BAD = ModuleIdentity.ofFleet(FIRST_MODULE + GOOD);
  private static final long POISON = 4_000_000_001L;
  private static final int MOST_ATTEMPTS = 10;

  @Test
  void oneAmongThousandCostsNobodyAnything(KvantInstance kvant) throws Exception {
    Report report = new Report(kvant, "poison");
    report.put("good sessions", GOOD);
    Fault poison =
        Fault.sql(
            kvant,
            "alter table reading add constraint poison check (record_number < 4000000000) not"
                + " valid",
            "alter table reading drop constraint poison");
    List<Reading> poisoned = new ArrayList<>();
    long undisturbed = round(kvant, null, 0).millis();
    poison.begin();
    try {
      for (int i = 0; i < ROUNDS; i++) {
        Reading record = Talk.slice(POISON + i, Instant.now().getEpochSecond(), 0.5);
        poisoned.add(record);
        Round round = round(kvant, record, i + 1);
        int attempts = round.poisonAcknowledged() ? 0 : attemptsUntilAcknowledged(kvant, record);
        report.row(
            "round ms",
            round.millis(),
            "undisturbed ms",
            undisturbed,
            "further attempts of the poison",
            attempts);
        assertThat(one(kvant, KEPT, record)).as("the frame is kept").isEqualTo(1);
        assertThat(one(kvant, ARCHIVED, record)).isZero();
      }
    } finally {
      poison.end();
    }
    for (Reading record : poisoned) {
      Waiting.until("the frame is stored", () -> one(kvant, ARCHIVED, record) == 1);
      assertThat(one(kvant, KEPT, record)).as("still waiting").isZero();
    }
  }

  private static final String KEPT =
      """
      select count(*) from ingest_failed
      where serial = ? and payload = ? and sql_state = '23514' and frame_type = 2
        and stored_at is null
      """;

  private static final String ARCHIVED =
      """
      select count(*) from reading r join device d on d.id = r.device_id
      where d.serial = ? and int8send(r.digest) = substr(sha256(substr(?::bytea, 2)), 1, 8)
      """;

  /**
   * A round.
   *
   * @param millis from the first byte to the last answer to a good module
   * @param poisonAcknowledged at its first attempt
   */
  private record Round(long millis, boolean poisonAcknowledged) {}

  /**
   * All good modules at once, each with a record of its own; every one of them acknowledged as new.
   *
   * @param poison sent in their midst, null = none
   */
  private static Round round(KvantInstance kvant, Reading poison, int number) throws Exception {
    List<Talk> talks = new ArrayList<>();
    try (Talk bad = new Talk(kvant.modulePort())) {
      for (int i = 0; i < GOOD; i++) {
        talks.add(new Talk(kvant.modulePort()));
      }
      long begin = System.nanoTime();
      for (int i = 0; i < GOOD; i++) {
        Reading record = Talk.slice(number + 1, Instant.now().getEpochSecond(), 0.25);
        talks.get(i).sendAtOnce(Talk.session(ModuleIdentity.ofFleet(FIRST_MODULE + i), record));
        if (poison != null && i == GOOD / 2) {
          bad.sendAtOnce(Talk.session(BAD, poison));
        }
      }
      for (Talk talk : talks) {
        assertStored(talk.answers(3));
      }
      long millis = (System.nanoTime() - begin) / 1_000_000;
      return new Round(millis, poison != null && acknowledged(bad));
    } finally {
      for (Talk talk : talks) {
        talk.close();
      }
    }
  }

  private static void assertStored(List<Talk.Answer> answers) {
    assertThat(answers.get(0).packet())
        .isInstanceOfSatisfying(
            HelloAck.class, ack -> assertThat(ack.result()).isEqualTo(HelloAck.Result.ACCEPTED));
    assertThat(answers.get(1).packet()).isEqualTo(new Ack(false, 0));
    assertThat(answers.get(2).packet()).isEqualTo(new Ack(false, 0));
  }

  /** Whether the frame with the records was acknowledged; if not, it was REJECT 7. */
  private static boolean acknowledged(Talk talk) throws Exception {
    Talk.Answer answer = talk.answer();
    while (answer.seq() < 3 && !(answer.packet() instanceof Reject)) {
      answer = talk.answer();
    }
    if (answer.packet() instanceof Reject reject) {
      assertThat(reject.reason()).isEqualTo(Reject.Reason.STORAGE_UNAVAILABLE);
      return false;
    }
    assertThat(answer.packet()).isEqualTo(new Ack(false, 0));
    return true;
  }

  /** As a module that was sent away: the same record in one session after the other. */
  private static int attemptsUntilAcknowledged(KvantInstance kvant, Reading record)
      throws Exception {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      try (Talk talk = new Talk(kvant.modulePort())) {
        talk.sendAtOnce(Talk.session(BAD, record));
        if (acknowledged(talk)) {
          return attempt;
        }
      }
    }
    throw new AssertionError("never acknowledged: " + record);
  }

  private static long one(KvantInstance kvant, String query, Reading record) throws SQLException {
    try (Connection connection = kvant.connect();
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, BAD.serial());
      statement.setBytes(2, PacketEncoder.payload(new Readings(List.of(record))));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
