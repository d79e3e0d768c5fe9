package org.kvantenergo.web.help;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** «Справка»: read and rendered once. */
@Named("help")
@ApplicationScoped
public class HelpView {

  @Inject private ServletContext context;

  private Manual manual;

  @PostConstruct
  void begin() {
    try (InputStream in = HelpView.class.getResourceAsStream("manual-ru.md")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      manual = Manual.of(text, context.getContextPath() + "/static/manual/");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Manual.Chapter> getChapters() {
    return manual.chapters();
  }

  public String getHtml() {
    return manual.html();
  }
}
