package org.kvantenergo.it.security;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server said.
 *
 * @param status the code
 * @param response its headers
 * @param body its text
 */
record Answer(int status, HttpResponse<String> response, String body) {

  private static final Pattern VIEW_STATE =
      Pattern.compile(
          "name=\"jakarta\\.faces\\.ViewState\"[^>]*value=\"([^\"]+)\""
              + "|jakarta\\.faces\\.ViewState[^>]*><!\\[CDATA\\[([^\\]]+)]]>");

  /** The value of a header; empty if it is not there. */
  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** The cookies that it sets. */
  List<String> cookies() {
    return response.headers().allValues("Set-Cookie");
  }

  /** The view that its forms belong to; empty if it has none. */
  Optional<String> viewState() {
    Matcher found = VIEW_STATE.matcher(body);
    return found.find()
        ? Optional.of(found.group(1) != null ? found.group(1) : found.group(2))
        : Optional.empty();
  }

  /** The title without the product; empty if there is none. */
  String title() {
    return first("<title>([^<]*?)(?: — [^<]*)?</title>");
  }

  /** The first group where a pattern is found; empty if it is not. */
  String first(String pattern) {
    List<String> all = all(pattern);
    return all.isEmpty() ? "" : all.get(0);
  }

  /** The first group everywhere where a pattern is found. */
  List<String> all(String pattern) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(body);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** The text without what differs between two answers to the same question. */
  String plain() {
    String plain = body.replaceAll("-?\\d{6,}:-?\\d{6,}", "VIEW");
    for (String nonce : all("nonce=\"([^\"]+)\"")) {
      plain = plain.replace(nonce, "NONCE");
    }
    // PrimeFaces gives random ids to what has none, and registers what they do in no order.
    plain =
        plain
            .replaceAll("\\b\\w+(\\\\?-[0-9a-f]{4,12}){5}", "RANDOM")
            .replaceAll("(?s)PrimeFaces\\.csp\\.register\\(.*?(?=</script>)", "");
    return plain.replaceAll("csp\\.init\\('[^']*'", "csp.init('NONCE'");
  }
}
