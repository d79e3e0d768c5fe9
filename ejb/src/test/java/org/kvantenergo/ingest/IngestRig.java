package org.kvantenergo.ingest;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.kvantenergo.TestDatabase;
import org.kvantenergo.audit.internal.SqlAuditTrail;
import org.kvantenergo.command.internal.SqlCommands;
import org.kvantenergo.command.internal.SqlProofs;
import org.kvantenergo.device.internal.SqlDeviceKeys;
import org.kvantenergo.device.internal.SqlDeviceRegistry;
import org.kvantenergo.device.internal.SqlDeviceStates;
import org.kvantenergo.event.Event;
import org.kvantenergo.ingest.internal.SqlAckBook;
import org.kvantenergo.ingest.internal.SqlBatchIds;
import org.kvantenergo.ingest.internal.SqlSalvage;
import org.kvantenergo.reading.internal.SqlReadingStore;
import org.kvantenergo.session.internal.SqlSessionStore;
import org.kvantenergo.setaside.internal.SqlSetAside;
import org.kvantenergo.setaside.internal.SqlSetAsideFrames;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.SessionRequest;

/** The ingest put together on a real PostgreSQL, with a plain connection in the server's place. */
final class IngestRig {

  final TestDatabase database = TestDatabase.create();
  final SqlDeviceRegistry registry = new SqlDeviceRegistry(database.dataSource());
  final SqlSessionStore sessions = new SqlSessionStore(database.dataSource(), box());
  final SqlCommands commands = new SqlCommands(database.dataSource(), box());
  final SqlAckBook acks = new SqlAckBook(database.dataSource());
  final SqlDeviceKeys keys = new SqlDeviceKeys(database.dataSource(), box());
  final KnownKeys known = new KnownKeys(keys);
  final List<Event> events = new ArrayList<>();
  final AdmissionService admissions = admissions(database.dataSource(), 20_000, 200_000);
  final SqlSetAside aside = new SqlSetAside(database.dataSource());
  final SqlSetAsideFrames asideFrames =
      new SqlSetAsideFrames(
          database.dataSource(),
          new WireFrameReader(),
          new SqlAuditTrail(database.dataSource(), Clock.systemUTC()));
  final IngestService ingest =
      ingest(new UnknownDevices(registry, Clock.systemUTC(), 20_000, 200_000));
  final Intake intake =
      new Intake(
          ingest,
          new SqlSalvage(database.dataSource()),
          new SqlBatchIds(database.dataSource()),
          aside);
  final SecondAttempt second =
      new SecondAttempt(
          aside,
          ingest,
          new SqlSalvage(database.dataSource()),
          new SqlBatchIds(database.dataSource()),
          registry,
          sessions);

  /** Admissions with other limits, or another way to the database. */
  AdmissionService admissions(DataSource dataSource, int perAddress, long inAll) {
    SqlDeviceRegistry asked = new SqlDeviceRegistry(dataSource);
    return new AdmissionService(
        asked,
        new SqlSessionStore(dataSource, box()),
        new SqlDeviceKeys(dataSource, box()),
        known,
        new UnknownDevices(asked, Clock.systemUTC(), perAddress, inAll));
  }

  /** The service with other limits. */
  IngestService ingest(UnknownDevices unknown) {
    return new IngestService(
        registry,
        sessions,
        new SqlReadingStore(database.dataSource()),
        new SqlDeviceStates(database.dataSource()),
        commands,
        new SqlProofs(database.dataSource(), box()),
        events::addAll,
        unknown);
  }

  /** One that all parts share: its key is all zeros. */
  static SecretBox box() {
    SecretBox box = new SecretBox();
    box.use(new byte[SecretBox.KEY_LENGTH]);
    return box;
  }

  /** In a transaction, as the adapter calls it. */
  List<Admission> admit(SessionRequest... requests) throws Exception {
    return database.inTransaction(() -> admissions.admit(List.of(requests)));
  }

  /** In a transaction, as the adapter calls it. */
  List<Reply> store(Delivery... deliveries) throws Exception {
    return database.inTransaction(
        () -> intake.store(new PacketBatch(List.of(deliveries))).replies());
  }
}
