package org.kvantenergo.web.push;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;

/** Where browsers listen. Only people who are signed in are let in, and only from our own pages. */
@ServerEndpoint(value = "/push", configurator = OwnPages.class)
public class PushEndpoint {

  private static final Pattern SHOWN = Pattern.compile("(\\d{1,18}(,\\d{1,18}){0,199})?");

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

  /**
   * The page says which devices it shows: their ids with commas between.
   *
   * @throws IOException if a page that says anything else cannot be told so
   */
  @OnMessage(maxMessageSize = 8192)
  public void shows(Session session, String ids) throws IOException {
    if (!SHOWN.matcher(ids).matches()) {
      session.close(
          new CloseReason(CloseReason.CloseCodes.CANNOT_ACCEPT, "at most 200 ids of devices"));
      return;
    }
    hub.shows(
        session,
        Pattern.compile(",")
            .splitAsStream(ids)
            .filter(id -> !id.isEmpty())
            .map(id -> new DeviceId(Long.parseLong(id)))
            .collect(Collectors.toSet()));
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
