package org.kvantenergo.it.proof;

import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.kvantenergo.it.KvantInstance;

/**
 * Hands proofs the one installation that they share. It is not the one of {@link
 * org.kvantenergo.it.KvantExtension}: here server and database come and go.
 */
public final class ProofExtension implements ParameterResolver {
  /** Whether the long forms are asked for. */
  static final boolean FULL = Boolean.getBoolean("kvant.full");

  /** Modules that the server knows: the first so many of the simulator's fleet. */
  static final int MODULES = FULL ? 10_000 : 4_000;

  /** Base stations that the server knows, and blocks behind them. */
  static final int STATIONS = 2;

  static final int BLOCKS = 20;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KvantInstance.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return KvantInstance.shared(
        "proof",
        Map.of(
            "kvant.demo.modules",
            Integer.toString(MODULES),
            "kvant.demo.stations",
            Integer.toString(STATIONS),
            "kvant.demo.blocks",
            Integer.toString(BLOCKS)));
  }
}
