package org.kvantenergo.account.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kvantenergo.account.internal.Argon2Hash.Cost;

class PasswordHasherTest {

  private static final Cost CHEAP = new Cost(256, 2, 1);

  private final PasswordHasher hasher = new PasswordHasher(CHEAP);

  @Test
  void costIsWhatOwaspAsksFor() {
    assertThat(PasswordHasher.COST).isEqualTo(new Cost(19_456, 2, 1));
    assertThat(new PasswordHasher().hash("kvant-demo-1".toCharArray()))
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
  }

  /** A vector of the reference implementation (phc-winner-argon2, src/test.c, Argon2id v 0x13). */
  @Test
  void agreesWithTheReferenceImplementation() {
    String phc =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    assertThat(hasher.matches(phc, "password".toCharArray())).isTrue();
    assertThat(hasher.matches(phc, "passwore".toCharArray())).isFalse();
  }

  @Test
  void sameTwiceIsSaltedApart() {
    char[] password = "пароль-диспетчера".toCharArray();
    String first = hasher.hash(password);
    String second = hasher.hash(password);
    assertThat(first).isNotEqualTo(second);
    assertThat(hasher.matches(first, password)).isTrue();
    assertThat(hasher.matches(second, password)).isTrue();
    assertThat(hasher.matches(second, "пароль-диспетчерa".toCharArray())).isFalse();
  }

  @Test
  void nobodysHashCostsTheSame() {
    assertThat(Argon2Hash.parse(hasher.nobody()).cost()).isEqualTo(CHEAP);
    assertThat(hasher.matches(hasher.nobody(), new char[0])).isFalse();
  }

  @Test
  void outdatedIsWhatResistsLess() {
    String made = hasher.hash("kvant-demo-1".toCharArray());
    assertThat(hasher.isOutdated(made)).isFalse();
    assertThat(new PasswordHasher(new Cost(257, 2, 1)).isOutdated(made)).isTrue();
    assertThat(new PasswordHasher(new Cost(256, 3, 1)).isOutdated(made)).isTrue();
    assertThat(new PasswordHasher(new Cost(128, 1, 1)).isOutdated(made)).isFalse();
    String shortSalt =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    assertThat(hasher.isOutdated(shortSalt)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kvant-demo-1",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
      })
  void otherTextIsRefusedAndNotRepeated(String phc) {
    assertThatThrownBy(() -> hasher.matches(phc, new char[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a PHC string of Argon2id, version 19");
  }
}
