package org.kvantenergo.it.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.kvantenergo.it.ItFolder;

/** What is in the war that is deployed: its files, and the commands of its pages. */
final class War {

  private static final Pattern TAG =
      Pattern.compile("<([\\w:]+)\\b((?:[^>\"]|\"[^\"]*\")*)>", Pattern.DOTALL);
  private static final Pattern CALL =
      Pattern.compile(
          "\\b(?:action|listener|actionListener|valueChangeListener)=\"#\\{(\\w+\\.\\w+)");

  /** An exporter is called by what it stands in, and asks a bean for its table. */
  private static final String EXPORTER = "p:dataExporter";

  private static final Pattern TARGET = Pattern.compile("\\btarget=\"#\\{(\\w+\\.\\w+)");
  private static final Pattern INCLUDED =
      Pattern.compile("\\b(?:template|src)=\"/(WEB-INF/[\\w-]+\\.xhtml)\"");

  /** What runs when a page is opened, and not when somebody does something on it. */
  private static final Set<String> OPENING = Set.of("f:event", "f:viewAction");

  private final Map<String, byte[]> files;

  private War(Map<String, byte[]> files) {
    this.files = files;
  }

  /**
   * Something on a page that calls a bean.
   *
   * @param id its id; empty if it has none
   * @param call bean and method
   */
  record Command(String id, String call) {}

  static War deployed() {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipFile ear = new ZipFile(ItFolder.ear().toFile());
        ZipInputStream war = new ZipInputStream(ear.getInputStream(ear.getEntry("web.war")))) {
      for (ZipEntry entry = war.getNextEntry(); entry != null; entry = war.getNextEntry()) {
        if (!entry.isDirectory()) {
          files.put(entry.getName(), war.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new War(files);
  }

  /** Every file, by its path in the war. */
  Set<String> files() {
    return files.keySet();
  }

  InputStream open(String file) {
    return new ByteArrayInputStream(files.get(file));
  }

  /** Classes of ours. */
  Collection<byte[]> classes() {
    return files.entrySet().stream()
        .filter(file -> file.getKey().endsWith(".class"))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Pages that can be asked for. */
  Set<String> pages() {
    return files().stream()
        .filter(file -> file.endsWith(".xhtml") && !file.startsWith("WEB-INF/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a page lets people do, with what its templates bring. */
  List<Command> commands(String page) {
    List<Command> commands = new ArrayList<>();
    for (String file : parts(page, new LinkedHashSet<>())) {
      Matcher tag = TAG.matcher(text(file));
      String around = "";
      while (tag.find()) {
        boolean exporter = tag.group(1).equals(EXPORTER);
        Matcher call = (exporter ? TARGET : CALL).matcher(tag.group(2));
        if (exporter && call.find()) {
          commands.add(new Command(around, call.group(1)));
          continue;
        }
        around = id(tag.group(2));
        if (!OPENING.contains(tag.group(1)) && call.find() && isCommand(tag.group(1))) {
          commands.add(new Command(id(tag.group(2)), call.group(1)));
        }
      }
    }
    return commands;
  }

  /** A form of plain HTML sends to a page, which has its own row. */
  private static boolean isCommand(String tag) {
    return tag.contains(":");
  }

  /** A script calls a remote command by its name. */
  private static String id(String attributes) {
    Matcher id = Pattern.compile("\\b(?:id|name)=\"([^\"#]+)\"").matcher(attributes);
    return id.find() ? id.group(1) : "";
  }

  private Set<String> parts(String file, Set<String> seen) {
    if (seen.add(file)) {
      Matcher included = INCLUDED.matcher(text(file));
      while (included.find()) {
        parts(included.group(1), seen);
      }
    }
    return seen;
  }

  private String text(String file) {
    return new String(files.get(file), StandardCharsets.UTF_8);
  }
}
