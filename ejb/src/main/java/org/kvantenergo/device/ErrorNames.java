package org.kvantenergo.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The dictionary of error bits at a moment. Immutable. */
public final class ErrorNames {

  /** Knows no bit. */
  public static final ErrorNames NONE = new ErrorNames(List.of());

  private record Key(Integer model, Integer protocol, ErrorDictionary.Mask mask, int bit) {}

  private final Map<Key, ErrorDictionary.Entry> entries = new HashMap<>();

  /** Of entries. */
  public ErrorNames(List<ErrorDictionary.Entry> all) {
    all.forEach(e -> entries.put(new Key(e.model(), e.protocol(), e.mask(), e.bit()), e));
  }

  /**
   * What a bit means at a device: of the entries that fit, the one that names most. One that names
   * the model goes before one that names the protocol version.
   *
   * @param model u16
   * @param protocol version
   * @return empty if nobody has named it
   */
  public Optional<ErrorDictionary.Entry> of(
      int model, int protocol, ErrorDictionary.Mask mask, int bit) {
    return Stream.of(
            new Key(model, protocol, mask, bit),
            new Key(model, null, mask, bit),
            new Key(null, protocol, mask, bit),
            new Key(null, null, mask, bit))
        .map(entries::get)
        .filter(java.util.Objects::nonNull)
        .findFirst();
  }
}
