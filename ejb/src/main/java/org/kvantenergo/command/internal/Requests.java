package org.kvantenergo.command.internal;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kvantenergo.command.CommandOrder;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.RequestId;
import org.kvantenergo.command.Selection;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.Sql;
import org.kvantenergo.wire.command.CommandCodec;
import org.kvantenergo.wire.command.DeviceCommand;

/** Calls that asked for commands, as rows. A key of a person is one row, whoever comes first. */
final class Requests {

  private static final String DOING = "noting a request for commands";

  private static final String INSERT =
      """
      insert into command_request (id, account_id, organisation_id, login, address, key, content,
        state, code, arguments, sealed_apn, composite, priority, attempts_allowed, expires_at, counts,
        device_ids)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb,
        case when ?::boolean then (select array_agg(p.device_id order by p.device_id)
          from command_pick p where p.refusal is null) end)
      on conflict (account_id, key) do nothing
      """;

  private static final String FIND =
      "select * from command_request where account_id = ? and key = ?";

  private final Sql sql;
  private final SecretBox box;

  Requests(Sql sql, SecretBox box) {
    this.sql = sql;
    this.box = box;
  }

  /** States of a request. Stored by name. */
  enum State {
    SENT,
    PROPOSED,
    DECLINED
  }

  /** A request that there was before. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Before(RequestId id, State state, byte[] content, byte[] whole, Map<Fate, Long> counts) {}

  /** What was asked for under a key; empty if nothing was. */
  Optional<Before> find(Caller caller, String key) {
    return sql.first(DOING, this::before, FIND, caller.accountId(), key);
  }

  private Before before(ResultSet row) throws SQLException {
    long id = row.getLong("id");
    return new Before(
        new RequestId(id),
        State.valueOf(row.getString("state")),
        row.getBytes("content"),
        ApnArguments.whole(box, row.getBytes("arguments"), id, row.getBytes("sealed_apn")),
        counts(row.getString("counts")));
  }

  /**
   * Whether a request asked for the same. Secrets are compared as they are: a digest of them would
   * let whoever reads the table try passwords.
   */
  static boolean same(Before before, CommandOrder order, String more) {
    DeviceCommand command = OrderRules.command(order.command(), order.access());
    return Arrays.equals(before.content, content(order, more))
        && MessageDigest.isEqual(before.whole, CommandCodec.arguments(command));
  }

  /**
   * Notes a request.
   *
   * @param more what else was asked for; empty if nothing was
   * @param state SENT or PROPOSED; of one that is proposed the picked devices are kept
   * @return empty if the key was used meanwhile
   */
  Optional<RequestId> insert(
      Caller caller, CommandOrder order, String more, State state, Map<Fate, Long> counts) {
    long id =
        sql.first(DOING, row -> row.getLong(1), "select nextval('command_request_id')")
            .orElseThrow();
    DeviceCommand command = OrderRules.command(order.command(), order.access());
    int inserted =
        sql.update(
            DOING,
            INSERT,
            id,
            caller.accountId(),
            caller.scope().organisation(),
            caller.login(),
            caller.address(),
            order.key(),
            content(order, more),
            state.name(),
            command.code(),
            ApnArguments.kept(command),
            ApnArguments.sealed(box, command, id),
            order.composite(),
            order.priority(),
            order.attempts(),
            order.expiresAt(),
            json(counts),
            state == State.PROPOSED);
    return inserted == 1 ? Optional.of(new RequestId(id)) : Optional.empty();
  }

  private static String json(Map<Fate, Long> counts) {
    return counts.entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\": " + e.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Names that only a newer program knows are left out. */
  static Map<Fate, Long> counts(String json) {
    Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      var object = reader.readObject();
      for (Fate fate : Fate.values()) {
        JsonNumber number = object.getJsonNumber(fate.name());
        if (number != null) {
          counts.put(fate, number.longValue());
        }
      }
    }
    return counts;
  }

  /** Without the secrets and without the key. */
  private static byte[] content(CommandOrder order, String more) {
    String text =
        String.join(
            "\n",
            selection(order.devices()),
            order.command().toString(),
            order.expiresAt().toString(),
            order.attempts() + " " + order.priority() + " " + order.composite(),
            more);
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }

  /** Sets have no order of their own. */
  private static String selection(Selection devices) {
    if (devices instanceof Selection.Matching matching) {
      return matching.filter().part()
          + " "
          + matching.filter().groups().stream().mapToLong(GroupId::value).sorted().boxed().toList()
          + " "
          + matching.filter().conditions()
          + (matching.but().isEmpty() ? "" : " but " + matching.but());
    }
    return devices.toString();
  }
}
