package org.kvantenergo.account.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.kvantenergo.account.AccountSetup;
import org.kvantenergo.account.PasswordFault;

/**
 * Which passwords are taken. Instead of a list of breached ones, which among passwords of {@value
 * AccountSetup#MIN_PASSWORD_LENGTH} characters and more are nearly all made of a common word, a run
 * of keys and some digits: just that is looked for. What remains after such parts are taken out
 * must still be long enough to be guessed at.
 */
final class PasswordRules {

  /** A password that takes longer to type is none, and hashing it takes longer too. */
  static final int LONGEST = 128;

  private static final int MUST_REMAIN = 6;
  private static final int SHORTEST_RUN = 3;
  private static final int SHORTEST_PERSONAL = 4;

  // Longest first where one is part of another. In the Latin of a Russian keyboard too.
  private static final List<String> COMMON =
      List.of(
          "password",
          "passwort",
          "пароль",
          "gfhjkm",
          "parol",
          "welcome",
          "administrator",
          "admin",
          "letmein",
          "iloveyou",
          "princess",
          "dragon",
          "monkey",
          "sunshine",
          "football",
          "baseball",
          "superman",
          "batman",
          "master",
          "shadow",
          "michael",
          "jordan",
          "computer",
          "internet",
          "changeme",
          "default",
          "secret",
          "private",
          "access",
          "login",
          "user",
          "test",
          "guest",
          "hello",
          "привет",
          "ghbdtn",
          "privet",
          "любовь",
          "k.,jdm",
          "lubov",
          "natasha",
          "наташа",
          "марина",
          "marina",
          "андрей",
          "andrey",
          "dispatcher",
          "диспетчер",
          "operator",
          "оператор",
          "инженер",
          "engineer",
          "kvant",
          "квант",
          "energo",
          "энерго",
          "vodokanal",
          "водоканал",
          "russia",
          "россия",
          "moscow",
          "москва",
          "spartak",
          "спартак",
          "zenit",
          "зенит",
          "january",
          "summer",
          "winter",
          "spring",
          "autumn",
          "зима",
          "весна",
          "лето",
          "осень");

  // Rows of both keyboards, digits and alphabets; each is looked at backwards too.
  private static final List<String> ROWS =
      List.of(
          "01234567890",
          "qwertyuiop",
          "asdfghjkl",
          "zxcvbnm",
          "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
          "йцукенгшщзхъ",
          "фывапролджэ",
          "ячсмитьбю",
          "abcdefghijklmnopqrstuvwxyz",
          "абвгдеёжзийклмнопрстуфхцчшщъыьэюя");

  private PasswordRules() {}

  /** What is wrong with a new password; empty if it can be taken. */
  static Optional<PasswordFault> fault(char[] password, String login, String name) {
    if (password.length < AccountSetup.MIN_PASSWORD_LENGTH) {
      return Optional.of(PasswordFault.SHORT);
    }
    if (password.length > LONGEST) {
      return Optional.of(PasswordFault.LONG);
    }
    String folded = new String(password).toLowerCase(Locale.ROOT);
    String impersonal = withoutPersonal(folded, login + " " + name);
    if (withoutCommon(folded).length() < MUST_REMAIN) {
      return Optional.of(PasswordFault.COMMON);
    }
    return withoutCommon(impersonal).length() < MUST_REMAIN
        ? Optional.of(PasswordFault.PERSONAL)
        : Optional.empty();
  }

  private static String withoutPersonal(String password, String person) {
    String rest = password;
    for (String part : person.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{Nd}]+")) {
      rest = part.length() < SHORTEST_PERSONAL ? rest : rest.replace(part, "");
    }
    return rest;
  }

  private static String withoutCommon(String password) {
    String rest = unmasked(password);
    for (String word : COMMON) {
      rest = rest.replace(unmasked(word), "");
    }
    return distinct(withoutRuns(rest));
  }

  /** Signs that stand for letters, as in p@ssw0rd; applied to the words as well. */
  private static String unmasked(String text) {
    return text.replace('@', 'a')
        .replace('0', 'o')
        .replace('$', 's')
        .replace('3', 'e')
        .replace('!', 'i')
        .replace('1', 'i');
  }

  /** Runs of neighbours in a row of keys, one way or the other, are one sign. */
  private static String withoutRuns(String text) {
    StringBuilder rest = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int run = run(text, at);
      if (run < SHORTEST_RUN) {
        rest.append(text.charAt(at));
      }
      at += run < SHORTEST_RUN ? 1 : run;
    }
    return rest.toString();
  }

  private static int run(String text, int from) {
    int longest = 1;
    for (String row : ROWS) {
      String masked = unmasked(row);
      String back = new StringBuilder(masked).reverse().toString();
      for (int to = from + SHORTEST_RUN; to <= text.length(); to++) {
        String part = text.substring(from, to);
        if (!masked.contains(part) && !back.contains(part)) {
          break;
        }
        longest = Math.max(longest, to - from);
      }
    }
    return longest;
  }

  /** Each sign counts twice at most: aaaaaaaaaaaa and abababababab are short. */
  private static String distinct(String text) {
    StringBuilder rest = new StringBuilder();
    text.chars()
        .filter(sign -> rest.chars().filter(had -> had == sign).count() < 2)
        .forEach(sign -> rest.append((char) sign));
    return rest.toString();
  }
}
