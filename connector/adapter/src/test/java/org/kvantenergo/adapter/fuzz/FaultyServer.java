package org.kvantenergo.adapter.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The server compiled anew with a fault in its sources, in a class loader of its own. Only what
 * stands between the fuzzer and the server is shared: the types of this package.
 */
final class FaultyServer extends ClassLoader {

  private static final String OURS = "org.kvantenergo.";
  private static final String SHARED = OURS + "adapter.fuzz.";
  private static final String SERVER = OURS + "adapter.net.ProtocolServer";

  private final Map<String, ByteArrayOutputStream> changed = new HashMap<>();

  private FaultyServer(ClassLoader parent) {
    super(parent);
  }

  /** A server with the fault for every session. */
  static Rehearsal.Cast with(PlantedFault fault) throws IOException, ReflectiveOperationException {
    FaultyServer loader = new FaultyServer(FaultyServer.class.getClassLoader());
    loader.compile(fault.edits());
    Constructor<? extends Server> server =
        loader
            .loadClass(SERVER)
            .asSubclass(Server.class)
            .getConstructor(Surroundings.class, boolean.class);
    return (surroundings, full) -> {
      try {
        return server.newInstance(surroundings, full);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private void compile(PlantedFault.Edits edits) throws IOException {
    String path = "src/main/java/" + (OURS + edits.source()).replace('.', '/') + ".java";
    Path source =
        Stream.of(Path.of(path), Path.of("../wire", path))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow();
    String text = edits.applied(Files.readString(source));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
    List<String> options =
        List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
    JavaFileObject unit = new Source(URI.create("faulty:///" + path), text);
    try (Output output = new Output(files)) {
      if (!compiler.getTask(null, output, null, options, null, List.of(unit)).call()) {
        throw new IllegalStateException("does not compile: " + edits);
      }
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS) || name.startsWith(SHARED)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ByteArrayOutputStream faulty = changed.get(name);
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(resource)) {
      if (faulty == null && in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = faulty == null ? in.readAllBytes() : faulty.toByteArray();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    private Source(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Takes the classes instead of writing them. */
  private final class Output extends ForwardingJavaFileManager<JavaFileManager> {

    private Output(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location,
        String className,
        JavaFileObject.Kind kind,
        javax.tools.FileObject sibling) {
      URI uri = URI.create("faulty:///" + className.replace('.', '/') + kind.extension);
      return new SimpleJavaFileObject(uri, kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          changed.put(className, bytes);
          return bytes;
        }
      };
    }
  }
}
