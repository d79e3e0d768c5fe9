package org.kvantenergo.device;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kvantenergo.device.BadFilterException.Reason;
import org.kvantenergo.shared.GroupId;

/**
 * A filter as text, for links and saved views: groups {@code 1,2}, {@code all} or {@code new}, and
 * terms joined by a semicolon such as {@code silent:2;battery:..3.4;model:642,447}. What is printed
 * is read back as it was.
 */
public final class FilterText {

  /** All groups, and devices without one. */
  public static final String ALL = "all";

  /** Devices that are not registered. */
  public static final String NEW = "new";

  private static final String NEVER = "never";
  private static final String SPAN = "..";

  /** Before anything is split: a filter that somebody typed by hand is never longer. */
  private static final int LONGEST = 300_000;

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,310}(\\.\\d{1,340})?");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

  private static final Map<String, Condition> SIGNS =
      Map.of(
          "errors", new Condition.Errors(),
          "fell", new Condition.Fell(),
          "open", new Condition.Open(),
          "drift", new Condition.Drift());

  private FilterText() {}

  /**
   * Reads a filter.
   *
   * @param groups as above; empty: all
   * @param terms as above; may be empty
   * @throws BadFilterException if one of them is wrong
   */
  public static DeviceFilter parse(String groups, String terms) {
    DeviceFilter filter =
        groups.equals(NEW)
            ? DeviceFilter.UNREGISTERED
            : new DeviceFilter(DeviceFilter.Part.REGISTERED, readGroups(groups), List.of());
    return filter.with(parse(terms));
  }

  /**
   * Reads terms.
   *
   * @throws BadFilterException if one of them is wrong
   */
  public static List<Condition> parse(String terms) {
    if (terms.isEmpty()) {
      return List.of();
    }
    String[] split = terms.length() > LONGEST ? new String[0] : terms.split(";", -1);
    if (split.length == 0 || split.length > DeviceFilter.MOST_CONDITIONS) {
      throw new BadFilterException(cut(terms), Reason.TOO_MANY);
    }
    List<Condition> conditions = new ArrayList<>();
    for (String term : split) {
      conditions.add(read(term));
    }
    return List.copyOf(conditions);
  }

  /** The groups of a filter as text. */
  public static String groups(DeviceFilter filter) {
    if (filter.part() == DeviceFilter.Part.UNREGISTERED) {
      return NEW;
    }
    return filter.groups().isEmpty()
        ? ALL
        : filter.groups().stream()
            .map(GroupId::value)
            .sorted()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
  }

  /** Conditions as text; empty if there are none. */
  public static String terms(List<Condition> conditions) {
    return conditions.stream().map(FilterText::term).collect(Collectors.joining(";"));
  }

  /** One condition as text. */
  public static String term(Condition condition) {
    if (condition instanceof Condition.Silent silent) {
      return "silent:" + silent.periods();
    }
    if (condition instanceof Condition.ErrorBit bit) {
      return "bit:" + bit.kind() + "." + bit.bit();
    }
    if (condition instanceof Condition.Range range) {
      return name(range.measure()) + ":" + span(range.from(), range.to(), FilterText::plain);
    }
    if (condition instanceof Condition.Between between) {
      return name(between.when()) + ":" + span(between.from(), between.to(), Instant::toString);
    }
    if (condition instanceof Condition.Never never) {
      return name(never.when()) + ":" + NEVER;
    }
    if (condition instanceof Condition.OneOf some) {
      return name(some.attribute()) + ":" + String.join(",", some.values());
    }
    if (condition instanceof Condition.CommentContains comment) {
      return "comment:" + comment.text().replace("%", "%25").replace(";", "%3B");
    }
    return SIGNS.entrySet().stream()
        .filter(sign -> sign.getValue().equals(condition))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private static Set<GroupId> readGroups(String groups) {
    if (groups.isEmpty() || groups.equals(ALL)) {
      return Set.of();
    }
    String[] split = groups.length() > LONGEST ? new String[0] : groups.split(",", -1);
    if (split.length == 0 || split.length > DeviceFilter.MOST_GROUPS) {
      throw new BadFilterException(cut(groups), Reason.TOO_MANY);
    }
    Set<GroupId> ids = new HashSet<>();
    for (String id : split) {
      if (!WHOLE.matcher(id).matches()) {
        throw new BadFilterException(cut(id), Reason.NAME);
      }
      ids.add(new GroupId(Long.parseLong(id)));
    }
    return ids;
  }

  private static Condition read(String term) {
    int colon = term.indexOf(':');
    if (colon < 0) {
      Condition sign = SIGNS.get(term);
      if (sign == null) {
        throw new BadFilterException(cut(term), Reason.NAME);
      }
      return sign;
    }
    try {
      return read(term.substring(0, colon), term.substring(colon + 1), term);
    } catch (BadFilterException e) {
      throw e;
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new BadFilterException(cut(term), Reason.VALUE);
    }
  }

  private static Condition read(String name, String value, String term) {
    return switch (name) {
      case "silent" -> new Condition.Silent(whole(value));
      case "bit" -> bit(value);
      case "comment" -> new Condition.CommentContains(unescaped(value));
      default -> byEnum(name, value, term);
    };
  }

  private static Condition byEnum(String name, String value, String term) {
    for (Condition.Measure measure : Condition.Measure.values()) {
      if (name(measure).equals(name)) {
        String[] ends = ends(value);
        return new Condition.Range(measure, number(ends[0]), number(ends[1]));
      }
    }
    for (Condition.When when : Condition.When.values()) {
      if (name(when).equals(name)) {
        String[] ends = value.equals(NEVER) ? null : ends(value);
        return ends == null
            ? new Condition.Never(when)
            : new Condition.Between(when, moment(ends[0]), moment(ends[1]));
      }
    }
    for (Condition.Attribute attribute : Condition.Attribute.values()) {
      if (name(attribute).equals(name)) {
        String[] values = value.split(",", -1);
        if (values.length > Condition.MOST_VALUES) {
          throw new BadFilterException(cut(term), Reason.TOO_MANY);
        }
        return new Condition.OneOf(attribute, List.of(values));
      }
    }
    throw new BadFilterException(cut(term), Reason.NAME);
  }

  private static Condition bit(String value) {
    int dot = value.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException(value);
    }
    return new Condition.ErrorBit(
        ErrorKind.valueOf(value.substring(0, dot)), whole(value.substring(dot + 1)));
  }

  private static String[] ends(String value) {
    int span = value.indexOf(SPAN);
    if (span < 0) {
      throw new IllegalArgumentException(value);
    }
    return new String[] {value.substring(0, span), value.substring(span + SPAN.length())};
  }

  private static Double number(String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return Double.valueOf(text);
  }

  private static Instant moment(String text) {
    return text.isEmpty() ? null : Instant.parse(text);
  }

  private static int whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(text);
    }
    return Integer.parseInt(text);
  }

  private static <T> String span(T from, T to, Function<T, String> text) {
    return (from == null ? "" : text.apply(from)) + SPAN + (to == null ? "" : text.apply(to));
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static String unescaped(String text) {
    Matcher escape = ESCAPE.matcher(text);
    return escape.replaceAll(
        found ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  /** SESSIONS_DAY is sessionsDay. */
  private static String name(Enum<?> value) {
    String[] words = value.name().toLowerCase(Locale.ROOT).split("_");
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return name.toString();
  }

  private static String cut(String term) {
    int longest = 100;
    return term.length() <= longest ? term : term.substring(0, longest) + "…";
  }
}
