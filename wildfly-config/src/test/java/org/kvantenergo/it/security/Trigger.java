package org.kvantenergo.it.security;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something on a page that sends a form: what it is found by in the page's text, and what a browser
 * sends when it is pressed.
 *
 * @param id the component's
 * @param form the form's id
 * @param script whether a script sends it, and gets a part of the page
 * @param name how the page's source calls it: the id, or the name of a script's function; empty if
 *     the page's source gives it none
 */
record Trigger(String id, String form, boolean script, String name) {

  private static final Pattern LINK =
      Pattern.compile(
          "mojarra\\.\\w+\\(document\\.getElementById\\('([^']+)'\\),\\{'([^']+)':'"
              + "|addSubmitParam\\('([^']+)',\\{'([^']+)':'");
  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?:(\\w+)\\s*=\\s*function\\(\\)\\s*\\{\\s*(?:return\\s+)?)?"
              + "PrimeFaces\\.ab\\(\\{s:\"([^\"]+)\",f:\"([^\"]+)\"");
  private static final Pattern FORM_OR_BUTTON =
      Pattern.compile("<form id=\"([^\"]+)\"|<(?:input|button)\\b([^>]*\\btype=\"submit\"[^>]*)>");
  private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]+)\"");
  private static final String AUTOMATIC = "j_idt";

  /** All that a page shows, each once, whatever row of a list it stands in. */
  static List<Trigger> of(Answer page) {
    String text = page.body().replace("&quot;", "\"").replace("&#39;", "'").replace("\\-", "-");
    Map<String, Trigger> found = new LinkedHashMap<>();
    Matcher link = LINK.matcher(text);
    while (link.find()) {
      String form = link.group(1) != null ? link.group(1) : link.group(3);
      add(found, link.group(2) != null ? link.group(2) : link.group(4), form, false, null);
    }
    Matcher script = SCRIPT.matcher(text);
    while (script.find()) {
      add(found, script.group(2), script.group(3), true, script.group(1));
    }
    Matcher button = FORM_OR_BUTTON.matcher(text);
    String form = "";
    while (button.find()) {
      if (button.group(1) != null) {
        form = button.group(1);
      } else {
        Matcher name = NAME.matcher(button.group(2));
        if (name.find()) {
          add(found, name.group(1), form, false, null);
        }
      }
    }
    return new ArrayList<>(found.values());
  }

  private static void add(
      Map<String, Trigger> found, String id, String form, boolean script, String function) {
    String own = id.substring(id.lastIndexOf(':') + 1);
    String name = function != null ? function : own.startsWith(AUTOMATIC) ? "" : own;
    found.putIfAbsent(id.replaceAll(":\\d+:", ":#:"), new Trigger(id, form, script, name));
  }

  /** What is sent. */
  Map<String, String> form(String viewState, Map<String, String> fields) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put(this.form, this.form);
    form.put(Visitor.VIEW_STATE, viewState);
    form.put(id, id);
    form.putAll(fields);
    return form;
  }

  /**
   * Sends it as a page and not a script does: the answer is a page, and the view stays as it was.
   */
  Answer pressWhole(Visitor visitor, String path, String viewState, Map<String, String> fields)
      throws Exception {
    return visitor.post(path, form(viewState, fields));
  }

  /** Presses it. */
  Answer press(Visitor visitor, String path, String viewState, Map<String, String> fields)
      throws Exception {
    if (!script) {
      return pressWhole(visitor, path, viewState, fields);
    }
    Map<String, String> form = form(viewState, fields);
    form.put("jakarta.faces.partial.ajax", "true");
    form.put("jakarta.faces.source", id);
    form.put("jakarta.faces.partial.execute", id);
    return visitor.post(path, form, "Faces-Request", "partial/ajax");
  }
}
