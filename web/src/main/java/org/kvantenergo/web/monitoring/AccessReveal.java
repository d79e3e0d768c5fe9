package org.kvantenergo.web.monitoring;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.kvantenergo.session.AccessPoints;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;
import org.primefaces.PrimeFaces;

/** Shows the access point of one session; nothing of it stays on the server. */
@Named("accessReveal")
@RequestScoped
public class AccessReveal {

  @Inject private AccessPoints points;
  @Inject private SelectedView selected;
  @Inject private CurrentViewer viewer;

  /** Parameter {@code session}; the answer is {@code access}, not there if nothing was found. */
  public void show() {
    viewer.scope();
    try {
      points
          .reveal(viewer.caller(), new DeviceId(selected.getId()), Asked.number("session"))
          .ifPresent(
              point ->
                  PrimeFaces.current()
                      .ajax()
                      .addCallbackParam(
                          "access",
                          String.join(",", point.apn(), point.login(), point.password())));
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
    }
  }
}
