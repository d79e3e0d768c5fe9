package org.kvantenergo;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.kvantenergo.shared.Caller;

/** The features' interfaces, as far as a person calls them: by a {@link Caller}. */
final class Faces {

  private Faces() {}

  /** The methods by «Interface.method»; of several of one name the one with most parameters. */
  static Map<String, Method> methods() throws IOException, URISyntaxException {
    Map<String, Method> methods = new TreeMap<>();
    for (Class<?> face : faces()) {
      for (Method method : face.getDeclaredMethods()) {
        boolean asked = Arrays.asList(method.getParameterTypes()).contains(Caller.class);
        if (asked && Modifier.isAbstract(method.getModifiers())) {
          methods.put(face.getSimpleName() + "." + method.getName(), method);
        }
      }
    }
    return methods;
  }

  /** What a call returns, or what it throws. */
  static Object call(Object bean, Method method, Object[] arguments) throws IllegalAccessException {
    try {
      return method.invoke(bean, arguments);
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  private static List<Class<?>> faces() throws IOException, URISyntaxException {
    Path root = Path.of(Caller.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.contains("$"))
          .filter(name -> !name.contains("internal") && !name.endsWith("-info.class"))
          .<Class<?>>map(Faces::load)
          .filter(Class::isInterface)
          .toList();
    }
  }

  private static Class<?> load(String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      return Class.forName(name, false, Faces.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
