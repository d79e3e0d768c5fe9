package org.kvantenergo.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 6238 appendix B, SHA1: the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:59Z, 1, 287082",
    "2005-03-18T01:58:29Z, 37037036, 081804",
    "2005-03-18T01:58:31Z, 37037037, 050471",
    "2009-02-13T23:31:30Z, 41152263, 005924",
    "2033-05-18T03:33:20Z, 66666666, 279037",
    "2603-10-11T11:33:20Z, 666666666, 353130"
  })
  void theVectorsOfTheStandard(Instant at, long step, String code) {
    assertThat(Totp.step(at)).isEqualTo(step);
    assertThat(Totp.code(SECRET, step)).isEqualTo(code);
    assertThat(Totp.match(SECRET, code, at, 0)).isEqualTo(OptionalLong.of(step));
  }

  /** RFC 4226 appendix D. */
  @Test
  void theVectorsOfItsBase() {
    String[] codes = {
      "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
      "520489"
    };
    for (int counter = 0; counter < codes.length; counter++) {
      assertThat(Totp.code(SECRET, counter)).isEqualTo(codes[counter]);
    }
  }

  @Test
  void aClockMayBeAStepBeforeOrBehind() {
    Instant now = Instant.ofEpochSecond(5 * 30);
    for (long step = 0; step < 10; step++) {
      boolean near = step >= 4 && step <= 6;
      assertThat(Totp.match(SECRET, Totp.code(SECRET, step), now, -1))
          .as("step %d", step)
          .isEqualTo(near ? OptionalLong.of(step) : OptionalLong.empty());
    }
    // The edges of a step.
    String code = Totp.code(SECRET, 4);
    assertThat(Totp.match(SECRET, code, Instant.ofEpochSecond(6 * 30).minusMillis(1), -1))
        .isPresent();
    assertThat(Totp.match(SECRET, code, Instant.ofEpochSecond(6 * 30), -1)).isEmpty();
    assertThat(Totp.match(SECRET, code, Instant.ofEpochSecond(3 * 30), -1)).isPresent();
    assertThat(Totp.match(SECRET, code, Instant.ofEpochSecond(3 * 30).minusMillis(1), -1))
        .isEmpty();
  }

  @Test
  void whatIsUsedUpDoesNotMatch() {
    Instant now = Instant.ofEpochSecond(5 * 30);
    assertThat(Totp.match(SECRET, Totp.code(SECRET, 5), now, 5)).isEmpty();
    assertThat(Totp.match(SECRET, Totp.code(SECRET, 4), now, 5)).isEmpty();
    assertThat(Totp.match(SECRET, Totp.code(SECRET, 6), now, 5)).isEqualTo(OptionalLong.of(6));
    assertThat(Totp.match(SECRET, "", now, 0)).isEmpty();
    assertThat(Totp.match(SECRET, "2546760", now, 0)).isEmpty();
  }

  /** RFC 4648 section 10. */
  @ParameterizedTest
  @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB"})
  void base32(String text, String encoded) {
    assertThat(Totp.base32(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
  }

  @Test
  void theUriSaysAllThatAnAuthenticatorNeeds() {
    assertThat(Totp.uri("Квант", "анна+1", SECRET))
        .isEqualTo(
            "otpauth://totp/%D0%9A%D0%B2%D0%B0%D0%BD%D1%82:%D0%B0%D0%BD%D0%BD%D0%B0%2B1"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%D0%9A%D0%B2%D0%B0%D0%BD%D1%82");
  }
}
