package org.kvantenergo.web.dictionary;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.kvantenergo.device.ErrorDictionary;
import org.kvantenergo.device.ErrorDictionary.Entry;
import org.kvantenergo.device.ErrorDictionary.Mask;
import org.kvantenergo.device.ErrorDictionary.Outcome;
import org.kvantenergo.device.ErrorDictionary.Row;
import org.kvantenergo.device.ErrorDictionary.Severity;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.security.CurrentViewer;

/** The entries of the dictionary, and one of them in a form. */
@Named("dictionary")
@ViewScoped
public class DictionaryView implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What a number that is none of the range is sent as: the bean refuses it. */
  private static final int WRONG = -1;

  @Inject private transient ErrorDictionary dictionary;
  @Inject private CurrentViewer viewer;

  private long selected;
  private int version;
  private String model = "";
  private String protocol = "";
  private Mask mask = Mask.MEASUREMENT;
  private int bit;
  private String russian = "";
  private String english = "";
  private Severity severity = Severity.LOOK;
  private transient List<Row> list;
  private transient String note;
  private transient boolean done;

  /** A page that is for people who edit dictionaries. */
  public void require() {
    viewer.caller().require(Permission.EDIT_DICTIONARIES);
  }

  /** The form is for a new entry. */
  public void fresh() {
    require();
    selected = 0;
    model = "";
    protocol = "";
    russian = "";
    english = "";
    note = "";
  }

  /** The form is for one of the entries. */
  public void choose(long id) {
    fresh();
    getList().stream().filter(row -> row.id() == id).findFirst().ifPresent(this::show);
  }

  private void show(Row row) {
    Entry entry = row.entry();
    selected = row.id();
    version = row.version();
    model = entry.model() == null ? "" : entry.model().toString();
    protocol = entry.protocol() == null ? "" : entry.protocol().toString();
    mask = entry.mask();
    bit = entry.bit();
    russian = entry.russian();
    english = entry.english();
    severity = entry.severity();
  }

  /** Adds the entry or changes it. */
  public void save() {
    Entry entry = new Entry(number(model), number(protocol), mask, bit, russian, english, severity);
    attempt(
        () ->
            selected == 0
                ? dictionary.add(viewer.caller(), entry)
                : dictionary.change(viewer.caller(), selected, version, entry));
  }

  /** Removes the entry. */
  public void remove() {
    attempt(() -> dictionary.remove(viewer.caller(), selected, version));
  }

  private void attempt(java.util.function.Supplier<Outcome> change) {
    list = null;
    try {
      Outcome outcome = change.get();
      if (outcome == Outcome.DONE) {
        fresh();
      }
      done = outcome == Outcome.DONE;
      note = "dictionary.said." + outcome.name();
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      done = false;
      note = "dev.refused.DATABASE";
    }
  }

  private static Integer number(String typed) {
    String digits = typed.strip();
    if (digits.isEmpty()) {
      return null;
    }
    return digits.matches("[0-9]{1,5}") ? Integer.valueOf(digits) : (Integer) WRONG;
  }

  /** All entries. */
  public List<Row> getList() {
    if (list == null) {
      list = dictionary.list();
    }
    return list;
  }

  /** Whether the viewer may change anything. */
  public boolean isOpen() {
    return viewer.get().scope().everything();
  }

  public Mask[] getMasks() {
    return Mask.values();
  }

  public Severity[] getSeverities() {
    return Severity.values();
  }

  public long getSelected() {
    return selected;
  }

  public String getModel() {
    return model;
  }

  public void setModel(String typed) {
    model = typed == null ? "" : typed;
  }

  public String getProtocol() {
    return protocol;
  }

  public void setProtocol(String typed) {
    protocol = typed == null ? "" : typed;
  }

  public Mask getMask() {
    return mask;
  }

  public void setMask(Mask chosen) {
    mask = chosen;
  }

  public String getBit() {
    return Integer.toString(bit);
  }

  /** As chosen from a list of 16. */
  public void setBit(String chosen) {
    bit = chosen != null && chosen.matches("[0-9]{1,2}") ? Integer.parseInt(chosen) : WRONG;
  }

  /** The bits that there are. */
  public List<String> getBits() {
    return java.util.stream.IntStream.range(0, Short.SIZE).mapToObj(Integer::toString).toList();
  }

  public String getRussian() {
    return russian;
  }

  public void setRussian(String typed) {
    russian = typed == null ? "" : typed;
  }

  public String getEnglish() {
    return english;
  }

  public void setEnglish(String typed) {
    english = typed == null ? "" : typed;
  }

  public Severity getSeverity() {
    return severity;
  }

  public void setSeverity(Severity chosen) {
    severity = chosen;
  }

  /** Key of what to say; empty = nothing. */
  public String getNote() {
    return note == null ? "" : note;
  }

  public boolean isDone() {
    return done;
  }
}
