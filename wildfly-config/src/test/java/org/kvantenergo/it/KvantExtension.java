package org.kvantenergo.it;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests the one {@link KvantInstance} that all classes of a process share. */
public final class KvantExtension implements ParameterResolver {
  /** What a monitoring system shows at {@code /metrics}. */
  static final String METRICS_TOKEN = "f3b1c6a2e8d94075";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KvantInstance.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return KvantInstance.shared("shared", Map.of("kvant.metrics.token", METRICS_TOKEN));
  }
}
