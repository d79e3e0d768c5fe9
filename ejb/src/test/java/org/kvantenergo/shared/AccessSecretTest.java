package org.kvantenergo.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AccessSecretTest {

  private final SecretBox box = box();

  private static SecretBox box() {
    SecretBox box = new SecretBox();
    box.use(new byte[SecretBox.KEY_LENGTH]);
    return box;
  }

  @Test
  void whatIsSealedOpensInItsRow() {
    for (AccessSecret secret :
        new AccessSecret[] {
          new AccessSecret("", ""),
          new AccessSecret("mts", ""),
          new AccessSecret("", "пароль"),
          new AccessSecret("логин", "a\u0000b")
        }) {
      byte[] sealed = secret.sealed(box, "device_session/7");
      assertThat(AccessSecret.open(box, sealed, "device_session/7")).isEqualTo(secret);
    }
  }

  @Test
  void nothingIsReadableInIt() {
    AccessSecret secret = new AccessSecret("mts-login", "mts-password");
    byte[] sealed = secret.sealed(box, "device_session/7");
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("mts");
    assertThat(secret).hasToString("AccessSecret[]");
    assertThat(new AccessSecret("", "").sealed(box, "device_session/7")).isEmpty();
  }

  @Test
  void itOpensNowhereElse() {
    byte[] sealed = new AccessSecret("mts", "mts").sealed(box, "device_session/7");
    assertThatThrownBy(() -> AccessSecret.open(box, sealed, "device_session/8"))
        .isInstanceOf(SecretBox.SecretException.class)
        .hasMessage("a sealed value was changed or moved");
  }
}
