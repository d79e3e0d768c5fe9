package org.kvantenergo.web.push;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.shared.Permission;

/** Where browsers listen. Only people who are signed in are let in, and only from our own pages. */
@ServerEndpoint(value = "/push", configurator = OwnPages.class)
public class PushEndpoint {

  @Inject private PushHub hub;
  @Inject private Accounts accounts;

  /** Lets a person in, or closes. */
  @OnOpen
  public void opened(Session session) throws IOException {
    Principal person = session.getUserPrincipal();
    Optional<Viewer> viewer = person == null ? Optional.empty() : accounts.find(person.getName());
    if (viewer.filter(v -> v.may(Permission.READ_DEVICES)).isEmpty() || OwnPages.foreign(session)) {
      session.close(
          new CloseReason(
              CloseReason.CloseCodes.VIOLATED_POLICY,
              "not a page of ours with somebody signed in"));
      return;
    }
    hub.opened(session, viewer.get());
  }

  /** The browser has gone. */
  @OnClose
  public void closed(Session session) {
    hub.closed(session);
  }

  /** The connection broke. */
  @OnError
  public void failed(Session session, Throwable cause) {
    hub.closed(session);
  }
}
