package org.kvantenergo.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.batch.api.Batchlet;
import jakarta.batch.api.listener.JobListener;
import jakarta.inject.Named;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What a job file names exists and is what the place asks for: nobody else finds out before night.
 */
class JobFilesTest {

  private static final Path CLASSES = Path.of("target", "classes");
  private static final Map<String, Class<?>> TYPES =
      Map.of("batchlet", Batchlet.class, "listener", JobListener.class);

  @Test
  void everyJobIsNamedAsItsFileAndEveryReferenceResolves() throws Exception {
    Map<String, Class<?>> beans = namedBeans();
    List<Path> files = list(CLASSES.resolve("META-INF/batch-jobs"), ".xml");
    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactly("archive-partitions.xml");
    int references = 0;
    for (Path file : files) {
      Document document =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
      assertThat(document.getDocumentElement().getAttribute("id") + ".xml")
          .isEqualTo(file.getFileName().toString());
      NodeList elements = document.getElementsByTagName("*");
      for (int i = 0; i < elements.getLength(); i++) {
        Element element = (Element) elements.item(i);
        if (element.hasAttribute("ref")) {
          references++;
          assertThat(beans).as(file + ", ref").containsKey(element.getAttribute("ref"));
          assertThat(TYPES.get(element.getTagName()))
              .as(file + ", " + element.getAttribute("ref"))
              .isAssignableFrom(beans.get(element.getAttribute("ref")));
        }
      }
    }
    assertThat(references).isEqualTo(2);
  }

  private static Map<String, Class<?>> namedBeans() throws Exception {
    Map<String, Class<?>> beans = new HashMap<>();
    for (Path file : list(CLASSES, ".class")) {
      String path = CLASSES.relativize(file).toString().replace('\\', '/');
      Class<?> type = Class.forName(path.replace('/', '.').replaceAll("\\.class$", ""));
      Named named = type.getAnnotation(Named.class);
      if (named != null) {
        assertThat(beans.put(named.value(), type)).as("name used twice").isNull();
      }
    }
    return beans;
  }

  private static List<Path> list(Path folder, String suffix) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
