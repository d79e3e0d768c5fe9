package org.kvantenergo.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Why a request is refused. The names stand in the log. */
enum Objection {
  /** Pages ask by GET and send by POST; nothing here knows another method. */
  METHOD(405),
  /** The listener lets through what a list of meters may be; every other page is sent forms. */
  TOO_LARGE(413),
  /** How much will come must be known before it is read. */
  NO_LENGTH(411),
  /** A header with a control character: no browser sends one, and logs are not made of them. */
  HEADER(400),
  /** A page of another site sends a form or a file in the name of whoever sits before it. */
  FOREIGN(403),
  /** More parameters than a page has, or such as cannot be read. */
  PARAMETERS(400),
  /** A zero in a text, which no database takes. */
  ZERO(400),
  /** What a form does is asked for by an address: whoever can write a link could ask for it. */
  FORM_BY_ADDRESS(400);

  static final String METHODS = "GET, HEAD, POST";

  /** Of a form, bytes. */
  private static final long MOST = 2L << 20;

  private static final String LISTS = "/meters-upload";
  private static final String VIEW_STATE = "jakarta.faces.ViewState";

  private final int status;

  Objection(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  /** What there is to say against a request; null if nothing. Reads the parameters last. */
  static Objection to(HttpServletRequest request) {
    String method = request.getMethod();
    if (!Arrays.asList(METHODS.split(", ", -1)).contains(method)) {
      return METHOD;
    }
    boolean list = request.getServletPath().equals(LISTS);
    if (!list && request.getContentLengthLong() > MOST) {
      return TOO_LARGE;
    }
    // By HTTP/2 a form needs to say no length, and has no such header either.
    boolean unsaid = "POST".equals(method) && request.getContentLengthLong() < 0;
    if (!list && (unsaid || request.getHeader("Transfer-Encoding") != null)) {
      return NO_LENGTH;
    }
    if (headers(request).stream().anyMatch(Objection::broken)) {
      return HEADER;
    }
    if ("POST".equals(method) && Origin.foreign(request)) {
      return FOREIGN;
    }
    // A file is read by whoever takes it.
    return list && "POST".equals(method) ? null : toParameters(request);
  }

  private static Objection toParameters(HttpServletRequest request) {
    Map<String, String[]> parameters;
    try {
      parameters = request.getParameterMap();
    } catch (RuntimeException e) {
      // Nothing more exact is thrown for a form of too many fields.
      return PARAMETERS;
    }
    if (!"POST".equals(request.getMethod()) && parameters.containsKey(VIEW_STATE)) {
      return FORM_BY_ADDRESS;
    }
    boolean zero =
        parameters.entrySet().stream()
            .anyMatch(
                parameter ->
                    zero(parameter.getKey())
                        || Arrays.stream(parameter.getValue()).anyMatch(Objection::zero));
    return zero ? ZERO : null;
  }

  private static boolean zero(String text) {
    return text.indexOf('\0') >= 0;
  }

  private static List<String> headers(HttpServletRequest request) {
    List<String> values = new ArrayList<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      values.addAll(Collections.list(request.getHeaders(name)));
    }
    return values;
  }

  private static boolean broken(String value) {
    return value.chars().anyMatch(sign -> (sign < ' ' && sign != '\t') || sign == 0x7f);
  }
}
