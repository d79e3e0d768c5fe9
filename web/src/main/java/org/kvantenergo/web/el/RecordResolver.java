package org.kvantenergo.web.el;

import jakarta.el.ELContext;
import jakarta.el.ELException;
import jakarta.el.ELResolver;
import jakarta.el.PropertyNotWritableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets pages read records: {@code m.serial.prefix} calls {@code prefix()}. Expressions know records
 * by themselves from Jakarta EE 11 on; then this class can go.
 */
public class RecordResolver extends ELResolver {

  private static final Map<Key, Method> ACCESSORS = new ConcurrentHashMap<>();

  private record Key(Class<?> type, String name) {}

  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    if (!(base instanceof Record) || property == null) {
      return null;
    }
    Method accessor =
        ACCESSORS.computeIfAbsent(
            new Key(base.getClass(), property.toString()), RecordResolver::accessor);
    context.setPropertyResolved(base, property);
    try {
      return accessor.invoke(base);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new ELException(e);
    }
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {
    if (base instanceof Record) {
      throw new PropertyNotWritableException("records are read only: " + property);
    }
  }

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return base instanceof Record;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return base instanceof Record ? String.class : null;
  }

  private static Method accessor(Key key) {
    try {
      return key.type.getMethod(key.name);
    } catch (NoSuchMethodException e) {
      throw new ELException(key.type.getName() + " has no " + key.name + "()", e);
    }
  }
}
