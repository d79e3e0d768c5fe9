package org.kvantenergo.it;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands tests the one {@link KvantInstance} that all classes of a run share. It starts with the
 * first test that asks and stops after the last one; its data is what earlier tests left.
 */
public final class KvantExtension implements ParameterResolver {
  /** What a monitoring system shows at {@code /metrics}. */
  static final String METRICS_TOKEN = "f3b1c6a2e8d94075";

  private static final Namespace NAMESPACE = Namespace.create(KvantExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KvantInstance.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("shared", key -> start(), KvantInstance.class);
  }

  private static KvantInstance start() {
    try {
      return KvantInstance.start("shared", Map.of("kvant.metrics.token", METRICS_TOKEN));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
