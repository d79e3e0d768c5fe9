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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kvantenergo.account.Sessions;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;

/** Where browsers listen. Only people who are signed in are let in, and only from our own pages. */
@ServerEndpoint(value = "/push", configurator = OwnPages.class)
public class PushEndpoint {

  /** A page wants all that it shows anew. */
  private static final String AGAIN = "again";

  private static final Pattern SHOWN =
      Pattern.compile(
          "((?:\\d{1,18}(?:,\\d{1,18}){0,199})?);((?:[A-Z_]{1,30}(?:,[A-Z_]{1,30}){0,49})?)");

  private static final Pattern COMMA = Pattern.compile(",");

  @Inject private PushHub hub;
  @Inject private Sessions sessions;

  /** Lets a person in, or closes. */
  @OnOpen
  public void opened(Session session) throws IOException {
    String token = OwnPages.token(session);
    Sessions.Watching who = sessions.watching(Set.of(token)).get(token);
    Principal person = session.getUserPrincipal();
    if (who == null
        || person == null
        || !person.getName().equals(who.viewer().login())
        || !who.viewer().may(Permission.READ_DEVICES)
        || OwnPages.foreign(session)) {
      session.close(
          new CloseReason(
              CloseReason.CloseCodes.VIOLATED_POLICY,
              "not a page of ours with somebody signed in"));
      return;
    }
    hub.opened(session, token);
  }

  /**
   * The page says what it shows: ids of devices with commas between, a semicolon, and names of
   * columns; or {@code again}, and gets all of it anew.
   *
   * @throws IOException if a page that says anything else cannot be told so
   */
  @OnMessage(maxMessageSize = 8192)
  public void said(Session session, String text) throws IOException {
    if (text.equals(AGAIN)) {
      hub.again(session);
      return;
    }
    Matcher shown = SHOWN.matcher(text);
    if (!shown.matches()) {
      session.close(
          new CloseReason(
              CloseReason.CloseCodes.CANNOT_ACCEPT, "at most 200 ids of devices, and columns"));
      return;
    }
    Set<DeviceId> devices =
        parts(shown.group(1))
            .map(id -> new DeviceId(Long.parseLong(id)))
            .collect(Collectors.toSet());
    hub.shows(
        session, new Browser.Shown(devices, parts(shown.group(2)).collect(Collectors.toSet())));
  }

  private static Stream<String> parts(String text) {
    return COMMA.splitAsStream(text).filter(part -> !part.isEmpty());
  }

  /** The browser has gone. */
  @OnClose
  public void closed(Session session) {
    hub.closed(session);
  }

  /** The connection broke, or nobody could say who it is: the page tries again. */
  @OnError
  public void failed(Session session, Throwable cause) throws IOException {
    hub.closed(session);
    session.close(new CloseReason(CloseReason.CloseCodes.UNEXPECTED_CONDITION, ""));
  }
}
