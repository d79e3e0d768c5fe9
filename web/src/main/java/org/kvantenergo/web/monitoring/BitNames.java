package org.kvantenergo.web.monitoring;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.kvantenergo.device.ErrorDictionary;
import org.kvantenergo.device.ErrorNames;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.web.security.CurrentViewer;

/** The dictionary, read once a request; without the database, bits go by their numbers. */
@RequestScoped
public class BitNames {

  @Inject private ErrorDictionary dictionary;
  @Inject private CurrentViewer viewer;

  private ErrorNames names;

  /** In the viewer's language. */
  public Bits bits() {
    if (names == null) {
      try {
        names = dictionary.names();
      } catch (DatabaseException e) {
        // Whatever else the page reads says so.
        names = ErrorNames.NONE;
      }
    }
    return new Bits(names, viewer.getLocale());
  }
}
