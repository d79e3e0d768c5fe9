package org.kvantenergo.it;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The EAR that the build made, with a test class put into its war. */
final class Deployments {
  private Deployments() {}

  static EnterpriseArchive earWith(Class<?>... tests) {
    EnterpriseArchive ear =
        ShrinkWrap.create(ZipImporter.class, "kvant.ear")
            .importFrom(ItFolder.ear().toFile())
            .as(EnterpriseArchive.class);
    WebArchive war = ear.getAsType(WebArchive.class, "/web.war");
    war.addClasses(tests);
    letTheRunnerIn(war);
    ear.addAsModule(Testable.archiveToTest(war));
    ear.addAsLibrary(jarOf(org.assertj.core.api.Assertions.class));
    return ear;
  }

  /**
   * Everything in the war wants a sign-in; Arquillian's servlet, which runs the tests, has none.
   */
  private static void letTheRunnerIn(WebArchive war) {
    try (InputStream in = war.get("WEB-INF/web.xml").getAsset().openStream()) {
      String open = "<url-pattern>/login.xhtml</url-pattern>";
      String descriptor = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (!descriptor.contains(open)) {
        throw new IllegalStateException("web.xml has no list of open pages any more");
      }
      war.setWebXML(
          new StringAsset(
              descriptor.replace(
                  open, open + "<url-pattern>/ArquillianServletRunnerEE9</url-pattern>")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaArchive jarOf(Class<?> type) {
    File jar = new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    return ShrinkWrap.create(ZipImporter.class, jar.getName())
        .importFrom(jar)
        .as(JavaArchive.class);
  }
}
