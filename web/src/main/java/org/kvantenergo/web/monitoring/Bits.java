package org.kvantenergo.web.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.kvantenergo.device.ErrorDictionary;
import org.kvantenergo.device.ErrorDictionary.Severity;
import org.kvantenergo.device.ErrorNames;

/** Names of bits in the viewer's language: those of the dictionary, else «бит 4». */
public final class Bits {

  /** What the page has words of its own for. */
  private static final int KNOWN_STATUS = 1 | 1 << 10 | 1 << 12 | 1 << 13 | 1 << 14;

  private final ErrorNames names;
  private final boolean english;
  private final String bit;

  /** Of a dictionary. */
  public Bits(ErrorNames names, Locale locale) {
    this.names = names;
    this.english = locale.getLanguage().equals("en");
    this.bit = ResourceBundle.getBundle("org.kvantenergo.web.text", locale).getString("bit");
  }

  /** What a bit is called. */
  public String name(int model, int protocol, ErrorDictionary.Mask mask, int number) {
    return names
        .of(model, protocol, mask, number)
        .map(entry -> english ? entry.english() : entry.russian())
        .orElse(bit + " " + number);
  }

  /** The names of all bits that are set. */
  public List<String> all(int model, int protocol, ErrorDictionary.Mask mask, int value) {
    List<String> all = new ArrayList<>();
    for (int number = 0; number < Short.SIZE; number++) {
      if ((value & 1 << number) != 0) {
        all.add(name(model, protocol, mask, number));
      }
    }
    return all;
  }

  /** A mask with its names, and how bad it is. */
  Mask mask(int model, int protocol, ErrorDictionary.Mask kind, int value) {
    return new Mask(
        value,
        String.join(", ", all(model, protocol, kind, value)),
        tone(model, protocol, kind, value));
  }

  /** Style class of bits: the worst of them; of those without a name, the mask says it. */
  public String tone(int model, int protocol, ErrorDictionary.Mask kind, int value) {
    String worst = "";
    for (int number = 0; number < Short.SIZE; number++) {
      if ((value & 1 << number) != 0) {
        Optional<Severity> named =
            names.of(model, protocol, kind, number).map(ErrorDictionary.Entry::severity);
        Severity severity =
            named.orElse(kind == ErrorDictionary.Mask.HARDWARE ? Severity.ACT : Severity.LOOK);
        worst =
            severity == Severity.ACT
                ? "da"
                : severity == Severity.LOOK && worst.isEmpty() ? "wa" : worst;
      }
    }
    return worst;
  }

  /** Names of the bits of a status word that the page has no words of its own for. */
  List<String> others(int model, int protocol, int word) {
    return all(model, protocol, ErrorDictionary.Mask.STATUS, word & ~KNOWN_STATUS);
  }
}
