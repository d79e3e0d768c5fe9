package org.kvantenergo.command.internal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.command.CommandKind;
import org.kvantenergo.command.CommandOrder;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.OrderFault;
import org.kvantenergo.command.OrderFault.Field;
import org.kvantenergo.command.OrderFault.Problem;
import org.kvantenergo.command.Selection;
import org.kvantenergo.wire.command.DeviceCommand;

/**
 * What is wrong with an order by itself, field by field; the database has not been asked. Used by
 * one call.
 */
final class OrderRules {

  private static final int MOST_TEXT = 63;
  private static final int MOST_PERIOD = 44_640;
  private static final long MOST_TIME = 0xFFFF_FFFFL;
  private static final int MOST_DIGITS = 18;
  private static final CommandOrder.Access NO_ACCESS = new CommandOrder.Access("", "");

  private final List<OrderFault> faults = new ArrayList<>();

  private OrderRules() {}

  /** In the order of the fields; empty if there is nothing. */
  static List<OrderFault> faults(CommandOrder order, Instant now) {
    OrderRules rules = new OrderRules();
    rules.devices(order.devices());
    rules.command(order);
    rules.expiry(order.expiresAt(), now);
    rules.range(Field.ATTEMPTS, order.attempts(), 1, CommandOrder.MOST_ATTEMPTS);
    int most = CommandOrder.MOST_PRIORITY;
    rules.range(Field.PRIORITY, order.priority(), -most, most);
    rules.key(order.key());
    return rules.faults;
  }

  /** As it goes out; only of an order without faults. */
  static DeviceCommand command(CommandText text, CommandOrder.Access access) {
    return switch (text.kind()) {
      case SCHEDULE ->
          new DeviceCommand.SetSchedule(
              text.contractDay(), text.contractHour(), text.periodMinutes());
      case METROLOGICAL -> new DeviceCommand.MetrologicalMode();
      case TECHNOLOGICAL -> new DeviceCommand.TechnologicalMode();
      case RETRIES -> new DeviceCommand.SetRetries(text.retries());
      case APN -> {
        CommandOrder.Access own = access == null ? NO_ACCESS : access;
        yield new DeviceCommand.SetApn(text.apn(), own.login(), own.password());
      }
      case ARCHIVE ->
          new DeviceCommand.SendArchive(text.from().getEpochSecond(), text.to().getEpochSecond());
    };
  }

  /** What is wrong with an expiry alone. */
  static List<OrderFault> expiryFaults(Instant expiresAt, Instant now) {
    OrderRules rules = new OrderRules();
    rules.expiry(expiresAt, now);
    return rules.faults;
  }

  /** Whether a locked device refuses the command: a setting that is no task. */
  static boolean refusesIfLocked(int code, boolean composite) {
    return !composite && CommandKind.of(code).filter(CommandKind::setting).isPresent();
  }

  private void devices(Selection devices) {
    if (devices instanceof Selection.Ids ids) {
      named(ids.devices().size());
    } else if (devices instanceof Selection.Numbers numbers) {
      named(numbers.numbers().size());
      numbers.numbers().stream()
          .filter(n -> !isNumber(n))
          .limit(1)
          .forEach(n -> add(Field.DEVICES, Problem.NOT_A_NUMBER, cut(n)));
    } else if (devices instanceof Selection.Matching matching && matching.filter() != null) {
      most(matching.but().size());
    } else {
      add(Field.DEVICES, Problem.EMPTY, "");
    }
  }

  private void named(int count) {
    if (count == 0) {
      add(Field.DEVICES, Problem.EMPTY, "");
    }
    most(count);
  }

  private void most(int count) {
    if (count > Selection.MOST) {
      add(Field.DEVICES, Problem.TOO_MANY, Integer.toString(Selection.MOST));
    }
  }

  private static boolean isNumber(String typed) {
    return typed.length() <= MOST_DIGITS && typed.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String cut(String text) {
    return text.length() > 40 ? text.substring(0, 40) : text;
  }

  private void command(CommandOrder order) {
    CommandText text = order.command();
    if (text == null || text.kind() == null) {
      add(Field.COMMAND, Problem.MISSING, "");
      return;
    }
    switch (text.kind()) {
      case SCHEDULE -> {
        range(Field.CONTRACT_DAY, text.contractDay(), 1, 28);
        range(Field.CONTRACT_HOUR, text.contractHour(), 0, 23);
        range(Field.PERIOD, text.periodMinutes(), 1, MOST_PERIOD);
      }
      case RETRIES -> range(Field.RETRIES, text.retries(), 0, 10);
      case APN -> {
        text(Field.APN, text.apn());
        if (order.access() != null) {
          text(Field.APN_LOGIN, order.access().login());
          text(Field.APN_PASSWORD, order.access().password());
        }
      }
      case ARCHIVE -> period(text);
      case METROLOGICAL, TECHNOLOGICAL -> {
        // No arguments.
      }
    }
    if (order.composite() && !text.kind().setting()) {
      add(Field.COMPOSITE, Problem.NOT_A_SETTING, "");
    }
  }

  private void period(CommandText text) {
    int before = faults.size();
    time(Field.FROM, text.from());
    time(Field.TO, text.to());
    if (faults.size() == before && text.to().isBefore(text.from())) {
      add(Field.TO, Problem.BACKWARDS, "");
    }
  }

  private void time(Field field, Instant at) {
    if (at == null) {
      add(field, Problem.MISSING, "");
    } else if (at.getEpochSecond() < 0 || at.getEpochSecond() > MOST_TIME) {
      add(field, Problem.OUT_OF_RANGE, "1970..2106");
    }
  }

  /** Without a name there is no access point; login and password may be empty. */
  private void text(Field field, String text) {
    if (text == null || (field == Field.APN && text.isEmpty())) {
      add(field, Problem.MISSING, "");
    } else if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      add(field, Problem.BAD_CHARACTER, "");
    } else if (text.getBytes(StandardCharsets.UTF_8).length > MOST_TEXT) {
      add(field, Problem.TOO_LONG, Integer.toString(MOST_TEXT));
    }
  }

  private void expiry(Instant at, Instant now) {
    if (at == null) {
      add(Field.EXPIRES, Problem.MISSING, "");
    } else if (!at.isAfter(now)) {
      add(Field.EXPIRES, Problem.PAST, "");
    } else if (at.isAfter(now.plus(Duration.ofDays(CommandOrder.LONGEST_DAYS)))) {
      add(Field.EXPIRES, Problem.TOO_FAR, Integer.toString(CommandOrder.LONGEST_DAYS));
    }
  }

  private void key(String key) {
    if (key == null || key.isBlank()) {
      add(Field.KEY, Problem.MISSING, "");
    } else if (key.length() > CommandOrder.LONGEST_KEY) {
      add(Field.KEY, Problem.TOO_LONG, Integer.toString(CommandOrder.LONGEST_KEY));
    } else if (key.indexOf('\0') >= 0) {
      add(Field.KEY, Problem.BAD_CHARACTER, "");
    }
  }

  private void range(Field field, Integer value, int least, int most) {
    if (value == null) {
      add(field, Problem.MISSING, "");
    } else if (value < least || value > most) {
      add(field, Problem.OUT_OF_RANGE, least + ".." + most);
    }
  }

  private void add(Field field, Problem problem, String value) {
    faults.add(new OrderFault(field, problem, value));
  }
}
