package org.kvantenergo.it;

import java.io.File;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
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
    ear.addAsModule(Testable.archiveToTest(war));
    ear.addAsLibrary(jarOf(org.assertj.core.api.Assertions.class));
    return ear;
  }

  private static JavaArchive jarOf(Class<?> type) {
    File jar = new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    return ShrinkWrap.create(ZipImporter.class, jar.getName())
        .importFrom(jar)
        .as(JavaArchive.class);
  }
}
