package org.kvantenergo.command.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.kvantenergo.shared.AccessSecret;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.wire.command.CommandCodec;
import org.kvantenergo.wire.command.DeviceCommand;

/**
 * Arguments of a command, of which those of a SET_APN are kept in two parts: the name of the access
 * point with the command, login and password sealed with the request. They come together only where
 * they go out and where INFO is held against them.
 */
final class ApnArguments {

  private ApnArguments() {}

  /** What is kept in the clear. */
  static byte[] kept(DeviceCommand command) {
    byte[] all = CommandCodec.arguments(command);
    return command instanceof DeviceCommand.SetApn ? Arrays.copyOf(all, 1 + (all[0] & 0xFF)) : all;
  }

  /** What is sealed with a request; null for a command without secrets. */
  static byte[] sealed(SecretBox box, DeviceCommand command, long request) {
    return command instanceof DeviceCommand.SetApn apn
        ? new AccessSecret(apn.login(), apn.password()).sealed(box, context(request))
        : null;
  }

  /**
   * All arguments, as they go out.
   *
   * @param sealed what was sealed with the request; null if nothing was
   * @throws SecretBox.SecretException if it cannot be opened
   */
  static byte[] whole(SecretBox box, byte[] kept, long request, byte[] sealed) {
    if (sealed == null) {
      return kept;
    }
    AccessSecret secret = AccessSecret.open(box, sealed, context(request));
    String name = new String(kept, 1, kept.length - 1, StandardCharsets.UTF_8);
    return CommandCodec.arguments(
        new DeviceCommand.SetApn(name, secret.login(), secret.password()));
  }

  /** The table sealed_column says the same in SQL. */
  private static String context(long request) {
    return "command_request/" + request;
  }
}
