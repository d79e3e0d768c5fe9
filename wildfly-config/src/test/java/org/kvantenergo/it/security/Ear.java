package org.kvantenergo.it.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What somebody hears who listens at the push. */
final class Ear implements WebSocket.Listener, AutoCloseable {

  private static final long SECONDS = 60;

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();
  private WebSocket socket;

  /** As a page of ours in somebody's browser. */
  static Ear of(Visitor visitor) {
    return with(visitor.url(), "Cookie", visitor.cookieHeader(), "Origin", visitor.url());
  }

  /**
   * With headers, each by its name.
   *
   * @throws java.util.concurrent.CompletionException if nobody is let listen
   */
  static Ear with(String url, String... headers) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    Ear ear = new Ear();
    URI push = URI.create(url.replaceFirst("http", "ws") + "/push");
    ear.socket = builder.buildAsync(push, ear).join();
    return ear;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    part.append(text);
    if (last) {
      heard.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  void say(String text) {
    socket.sendText(text, true).join();
  }

  /** The next thing that is said. */
  String next() throws InterruptedException {
    String text = heard.poll(SECONDS, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing is said");
    }
    return text;
  }

  /** The next rows, as HTML. */
  String rows() throws InterruptedException {
    String text = next();
    while (text.indexOf('\n') < 0) {
      text = next();
    }
    return text.substring(text.indexOf('\n') + 1);
  }

  /** Why nothing will be said any more. */
  int closed() throws Exception {
    return closed.get(SECONDS, TimeUnit.SECONDS);
  }

  boolean hasHeard() {
    return !heard.isEmpty();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
