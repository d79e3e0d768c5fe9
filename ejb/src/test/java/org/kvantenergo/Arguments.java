package org.kvantenergo;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.kvantenergo.audit.AuditFilter;
import org.kvantenergo.command.Selection;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.device.DeviceOrder;
import org.kvantenergo.device.DeviceSearch;
import org.kvantenergo.registry.SiteKind;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Slice;

/** Arguments for any method of a face: ids as asked for, everything else as plain as can be. */
final class Arguments {

  private static final Map<Class<?>, Object> PLAIN = plain();

  private final LongUnaryOperator ids;
  private int used;

  private Arguments(LongUnaryOperator ids) {
    this.ids = ids;
  }

  /** Each id is the same. */
  static Arguments all(long id) {
    return new Arguments(which -> id);
  }

  /** One id, counted from 0, is another than all others. */
  static Arguments one(long others, int which, long id) {
    return new Arguments(i -> i == which ? id : others);
  }

  /** How many ids a method takes. */
  static int ids(Method method) throws ReflectiveOperationException {
    Arguments arguments = all(1);
    arguments.of(method, null);
    return arguments.used;
  }

  /** What to call a method with. */
  Object[] of(Method method, Caller caller) throws ReflectiveOperationException {
    Type[] types = method.getGenericParameterTypes();
    Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      values[i] = types[i] == Caller.class ? caller : value(types[i]);
    }
    return values;
  }

  private Object value(Type type) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType of) {
      return several(of);
    }
    Class<?> kind = (Class<?>) type;
    if (kind == long.class || kind == Long.class) {
      return ids.applyAsLong(used++);
    }
    if (PLAIN.containsKey(kind)) {
      return PLAIN.get(kind);
    }
    if (kind.isEnum()) {
      // Not the first: of organisations that is one that nobody can choose.
      return kind.getEnumConstants()[1];
    }
    if (kind == Selection.class) {
      return made(Selection.Ids.class);
    }
    return kind.isRecord() ? made(kind) : null;
  }

  private Object several(ParameterizedType of) throws ReflectiveOperationException {
    if (of.getRawType() == Set.class) {
      return Set.of();
    }
    if (of.getRawType() == List.class || of.getRawType() == Collection.class) {
      return List.of(value(of.getActualTypeArguments()[0]));
    }
    if (of.getRawType() == Map.class) {
      return Map.of(SiteKind.COUNTRY, "x");
    }
    if (of.getRawType() == Consumer.class) {
      return (Consumer<Object>) row -> {};
    }
    if (of.getRawType() == Rows.class) {
      return new Unread();
    }
    throw new IllegalArgumentException("no value for " + of);
  }

  /** Takes rows and does nothing with them. */
  private static final class Unread implements Rows<Object> {
    @Override
    public void total(long count) {
      // Nobody asks.
    }

    @Override
    public void row(Object row) {
      // Nobody asks.
    }
  }

  private Object made(Class<?> record) throws ReflectiveOperationException {
    RecordComponent[] parts = record.getRecordComponents();
    Object[] values = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = value(parts[i].getGenericType());
    }
    Constructor<?> constructor =
        record.getDeclaredConstructor(
            Arrays.stream(parts).map(RecordComponent::getType).toArray(Class[]::new));
    return constructor.newInstance(values);
  }

  private static Map<Class<?>, Object> plain() {
    Map<Class<?>, Object> plain = new HashMap<>();
    plain.put(String.class, "xyz");
    plain.put(boolean.class, true);
    plain.put(int.class, 0);
    plain.put(double.class, 1.5);
    plain.put(char[].class, new char[0]);
    plain.put(Integer.class, null);
    plain.put(java.math.BigDecimal.class, null);
    plain.put(Instant.class, Instant.EPOCH);
    plain.put(LocalDate.class, LocalDate.EPOCH);
    plain.put(ZoneId.class, ZoneOffset.UTC);
    plain.put(Path.class, Path.of("none"));
    plain.put(Slice.class, new Slice(0, 10));
    plain.put(AuditFilter.class, AuditFilter.ALL);
    plain.put(DeviceFilter.class, DeviceFilter.ALL);
    plain.put(DeviceOrder.class, DeviceOrder.SERIAL);
    plain.put(DeviceSearch.class, DeviceSearch.of(DeviceSearch.Which.UNREGISTERED));
    return plain;
  }
}
