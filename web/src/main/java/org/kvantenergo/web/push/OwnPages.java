package org.kvantenergo.web.push;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import org.kvantenergo.web.security.CurrentViewer;
import org.kvantenergo.web.security.Origin;

/**
 * Notes who asks for a websocket, and whether it is a page of the host that it connects to: a
 * browser sends the cookie along for whatever page asks. Who names no origin is no browser.
 */
public class OwnPages extends ServerEndpointConfig.Configurator {

  private static final String FOREIGN = "org.kvantenergo.foreign";
  private static final String TOKEN = "org.kvantenergo.token";

  @Override
  public void modifyHandshake(
      ServerEndpointConfig endpoint, HandshakeRequest request, HandshakeResponse response) {
    String origin = header(request.getHeaders(), "Origin");
    String host = header(request.getHeaders(), "Host");
    endpoint.getUserProperties().put(FOREIGN, Origin.foreign(origin, host));
    String token = CDI.current().select(CurrentViewer.class).get().token();
    endpoint.getUserProperties().put(TOKEN, token == null ? "" : token);
  }

  /** The secret of the session that the page is in; empty if nobody is signed in. */
  static String token(Session session) {
    return String.valueOf(session.getUserProperties().getOrDefault(TOKEN, ""));
  }

  /** Whether another site's page asked for this session. */
  static boolean foreign(Session session) {
    return Boolean.TRUE.equals(session.getUserProperties().get(FOREIGN));
  }

  private static String header(Map<String, List<String>> headers, String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .flatMap(header -> header.getValue().stream())
        .findFirst()
        .orElse(null);
  }
}
