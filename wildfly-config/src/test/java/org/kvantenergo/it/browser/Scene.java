package org.kvantenergo.it.browser;

import com.microsoft.playwright.Page;

/**
 * A page in one of the states in which it looks otherwise.
 *
 * @param page its file
 * @param state empty as it opens
 * @param query what stands behind the page's name in its address
 * @param signedIn whether by the one who may do everything, or by nobody yet
 * @param way from there into the state
 */
record Scene(String page, String state, String query, boolean signedIn, Way way) {

  /** What is done on a page that has just been opened. */
  interface Way {
    void go(Page page, Showcase showcase) throws Exception;
  }

  static Scene of(String page) {
    return new Scene(page, "", "", true, (own, showcase) -> {});
  }

  static Scene of(String page, String state, Way way) {
    return new Scene(page, state, "", true, way);
  }

  static Scene byNobody(String page, String state, Way way) {
    return new Scene(page, state, "", false, way);
  }

  Scene at(String address) {
    return new Scene(page, state, address, signedIn, way);
  }

  /** Brings a page there. */
  void open(Page own, Showcase showcase) throws Exception {
    own.navigate(showcase.kvant().url() + "/" + page + showcase.filled(query));
    way.go(own, showcase);
  }

  /** Also the name of its pictures. */
  @Override
  public String toString() {
    return page.replace(".xhtml", "") + (state.isEmpty() ? "" : " " + state);
  }
}
