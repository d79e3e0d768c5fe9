package org.kvantenergo.web;

import java.lang.System.Logger.Level;
import org.kvantenergo.shared.NumberedMessage;

/** Every message of the pages that asks for attention; docs/errors.md says what to do. */
public enum WebLog implements NumberedMessage {
  /** A page could not be given its data. */
  DATA_MISSING(3102, "data for a page could not be loaded: %s"),
  /** Browsers could not be told. */
  PUSH_FAILED(3103, "browsers could not be told what is new, they are told the next time: %s"),
  /** A table could not be sent as a whole. */
  EXPORT_FAILED(3104, "an export failed, its connection was ended: %s"),
  /** The setting is not used. */
  TILES_REFUSED(
      3109,
      "kvant.map.tiles is not used, it is no address of one host by http or https with {z}, {x} and {y}: %s");

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.web");

  private final int number;
  private final String text;

  WebLog(int number, String text) {
    this.number = number;
    this.text = text;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public Level level() {
    return Level.ERROR;
  }

  @Override
  public String text() {
    return text;
  }

  /** Says it; the stack trace is for DEBUG. */
  public void say(Throwable cause) {
    log(LOG, String.valueOf(cause.getMessage()).lines().findFirst().orElse(""));
    LOG.log(Level.DEBUG, "KVANT-" + number, cause);
  }
}
