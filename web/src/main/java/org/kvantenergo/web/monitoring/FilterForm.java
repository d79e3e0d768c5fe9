package org.kvantenergo.web.monitoring;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.kvantenergo.device.Condition;
import org.kvantenergo.device.Condition.Attribute;
import org.kvantenergo.device.Condition.Measure;
import org.kvantenergo.device.Condition.When;
import org.kvantenergo.device.ErrorKind;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/** «Отбор по столбцам»: a field or two for each column; what is wrong is said at its field. */
@Named("filterForm")
@ViewScoped
public class FilterForm implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter TYPED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm[:ss]", Locale.ROOT);

  /** Fields are named after what they ask for; the ends of a range after that. */
  private static final String FROM = ".from";

  private static final String TO = ".to";
  private static final String NEVER = ".never";

  @Inject private CurrentViewer viewer;
  @Inject private FleetFilterView filter;

  private final Map<String, String> typed = new HashMap<>();
  private final Map<String, String> wrong = new HashMap<>();

  /**
   * A line of the panel.
   *
   * @param name first part of its fields' names
   * @param text key of its name
   */
  public record Field(String name, String text) {}

  /** Writes the conditions that are on into the fields. */
  void fill() {
    typed.clear();
    wrong.clear();
    filter.filter().conditions().forEach(this::fill);
  }

  private void fill(Condition condition) {
    if (condition instanceof Condition.Silent silent) {
      typed.put("silent", Integer.toString(silent.periods()));
    } else if (condition instanceof Condition.ErrorBit bit) {
      String bits = typed.get(bit.kind().name());
      typed.put(bit.kind().name(), (bits == null ? "" : bits + ", ") + bit.bit());
    } else if (condition instanceof Condition.Range range) {
      typed.put(range.measure() + FROM, number(range.from()));
      typed.put(range.measure() + TO, number(range.to()));
    } else if (condition instanceof Condition.Between between) {
      typed.put(between.when() + FROM, moment(between.from()));
      typed.put(between.when() + TO, moment(between.to()));
    } else if (condition instanceof Condition.Never never) {
      typed.put(never.when() + NEVER, "on");
    } else if (condition instanceof Condition.OneOf some) {
      typed.put(some.attribute().name(), String.join(", ", some.values()));
    } else if (condition instanceof Condition.CommentContains comment) {
      typed.put("comment", comment.text());
    } else {
      typed.put(condition.getClass().getSimpleName(), "on");
    }
  }

  private String number(Double number) {
    if (number == null) {
      return "";
    }
    String plain = BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    return viewer.getLocale().getLanguage().equals("ru") ? plain.replace('.', ',') : plain;
  }

  private String moment(Instant at) {
    return at == null ? "" : TYPED.format(LocalDateTime.ofInstant(at, viewer.zone()));
  }

  /** What stands in the fields becomes the filter, if all of it is right. */
  public void apply() {
    typed.clear();
    wrong.clear();
    List<Condition> conditions = new ArrayList<>();
    add(conditions, "silent", text -> new Condition.Silent(Integer.parseInt(text)));
    signs(conditions);
    for (ErrorKind kind : ErrorKind.values()) {
      bits(conditions, kind);
    }
    for (Measure measure : Measure.values()) {
      range(conditions, measure);
    }
    for (When when : When.values()) {
      span(conditions, when);
    }
    for (Attribute attribute : Attribute.values()) {
      add(conditions, attribute.name(), text -> new Condition.OneOf(attribute, parts(text)));
    }
    add(conditions, "comment", Condition.CommentContains::new);
    if (wrong.isEmpty()) {
      filter.apply(conditions);
    }
  }

  private void signs(List<Condition> conditions) {
    for (Condition sign :
        List.of(
            new Condition.Errors(),
            new Condition.Open(),
            new Condition.Drift(),
            new Condition.Fell())) {
      add(conditions, sign.getClass().getSimpleName(), on -> sign);
    }
  }

  private void bits(List<Condition> conditions, ErrorKind kind) {
    String text = typed(kind.name());
    attempt(
        kind.name(),
        () -> {
          for (String bit : text.isEmpty() ? List.<String>of() : parts(text)) {
            conditions.add(new Condition.ErrorBit(kind, Integer.parseInt(bit)));
          }
        });
  }

  private void range(List<Condition> conditions, Measure measure) {
    String from = typed(measure + FROM);
    String to = typed(measure + TO);
    if (!from.isEmpty() || !to.isEmpty()) {
      attempt(
          measure.name(),
          () -> conditions.add(new Condition.Range(measure, parsed(from), parsed(to))));
    }
  }

  private static Double parsed(String text) {
    String plain = text.replaceAll("[\\s\\u00a0\\u202f]", "").replace(',', '.').replace('−', '-');
    return plain.isEmpty() ? null : new BigDecimal(plain).doubleValue();
  }

  private void span(List<Condition> conditions, When when) {
    String from = typed(when + FROM);
    String to = typed(when + TO);
    add(conditions, when + NEVER, on -> new Condition.Never(when));
    if (!from.isEmpty() || !to.isEmpty()) {
      attempt(
          when.name(),
          () -> conditions.add(new Condition.Between(when, instant(from), instant(to))));
    }
  }

  private Instant instant(String text) {
    return text.isEmpty()
        ? null
        : LocalDateTime.parse(text, TYPED).atZone(viewer.zone()).toInstant();
  }

  private void add(
      List<Condition> conditions,
      String name,
      java.util.function.Function<String, Condition> condition) {
    String text = typed(name);
    if (!text.isEmpty()) {
      attempt(name, () -> conditions.add(condition.apply(text)));
    }
  }

  private void attempt(String name, Runnable action) {
    try {
      action.run();
    } catch (IllegalArgumentException | DateTimeException e) {
      wrong.put(name, "filter.wrong");
    }
  }

  /** Remembers what was typed, so that it stands there again if something is wrong. */
  private String typed(String name) {
    String text = Asked.text("q." + name).strip();
    typed.put(name, text);
    return text;
  }

  private static List<String> parts(String text) {
    return Arrays.stream(text.split("[\\s,;]+")).filter(part -> !part.isEmpty()).toList();
  }

  /** What stands in a field. */
  public String value(String name) {
    return typed.getOrDefault(name, "");
  }

  /** Whether a line's fields are wrong. */
  public boolean wrong(String name) {
    return wrong.containsKey(name);
  }

  /** Whether anything is wrong. */
  public boolean isWrong() {
    return !wrong.isEmpty();
  }

  /** Signs without a value. */
  public List<Field> getSigns() {
    return List.of("Errors", "Fell", "Open", "Drift").stream()
        .map(name -> new Field(name, "filter.sign." + name))
        .toList();
  }

  /** Numbers that lie in a range. */
  public List<Field> getMeasures() {
    return Arrays.stream(Measure.values()).map(m -> new Field(m.name(), Words.name(m))).toList();
  }

  /** Moments. */
  public List<Field> getMoments() {
    return Arrays.stream(When.values()).map(w -> new Field(w.name(), Words.name(w))).toList();
  }

  /** Numbers that are one of several. */
  public List<Field> getLists() {
    return Arrays.stream(Attribute.values()).map(a -> new Field(a.name(), Words.name(a))).toList();
  }

  /** Error masks. */
  public List<Field> getMasks() {
    return Arrays.stream(ErrorKind.values()).map(k -> new Field(k.name(), Words.name(k))).toList();
  }
}
