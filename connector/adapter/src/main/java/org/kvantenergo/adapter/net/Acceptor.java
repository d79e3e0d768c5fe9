package org.kvantenergo.adapter.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NettyRuntime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.kvantenergo.adapter.AdapterLog;
import org.kvantenergo.adapter.delivery.Dispatcher;
import org.kvantenergo.adapter.metrics.AdapterMeters;
import org.kvantenergo.adapter.metrics.AdapterMeters.Refusal;

/** The module ports: opens them, makes a session of every connection, closes them. */
public final class Acceptor {

  private static final int BACKLOG = 8192;

  private final Settings settings;
  private final Dispatcher dispatcher;
  private final Clock clock;
  private final AdapterMeters meters;
  private final Sessions sessions = new Sessions();
  private EventLoopGroup loops;
  private Channel plain;
  private Channel secure;

  /**
   * Where and whom to accept.
   *
   * @param bindAddress host name or IP address
   * @param port TCP port; 0 = any free one
   * @param tls the TLS port; null = none
   * @param node name of this server
   * @param maxSessions sessions from which on newcomers are told to come back later; at twice as
   *     many a connection is closed at once
   * @param maxPerAddress connections of one IP address from which on another is closed at once
   * @param limits time limits of a session
   */
  public record Settings(
      String bindAddress,
      int port,
      Tls tls,
      String node,
      int maxSessions,
      int maxPerAddress,
      TimeLimits limits) {}

  /**
   * The TLS port.
   *
   * @param port TCP port; 0 = any free one
   * @param keystore file with the server's key and certificate
   * @param password of the file and of the key; left out of {@link #toString()}
   */
  public record Tls(int port, Path keystore, String password) {

    @Override
    public String toString() {
      return "Tls[port=%d, keystore=%s]".formatted(port, keystore);
    }
  }

  /** Nothing is opened yet. */
  public Acceptor(Settings settings, Dispatcher dispatcher, Clock clock, AdapterMeters meters) {
    this.settings = settings;
    this.dispatcher = dispatcher;
    this.clock = clock;
    this.meters = meters;
  }

  /**
   * Opens the plain port.
   *
   * @throws IOException if it cannot be bound; nothing is left open then
   */
  public void open() throws IOException {
    int threads = NettyRuntime.availableProcessors();
    loops =
        Epoll.isAvailable()
            ? new EpollEventLoopGroup(threads, Rounds::new)
            : new NioEventLoopGroup(threads);
    try {
      plain = bind(settings.port, this::accept);
    } catch (IOException e) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw e;
    }
  }

  /**
   * Opens the TLS port, if there is to be one; the plain port is open already.
   *
   * @throws IOException if the keystore cannot be used or the port cannot be bound, for people
   */
  public void openSecure() throws IOException {
    if (settings.tls != null) {
      Certificates certificates = new Certificates(settings.tls.keystore, settings.tls.password);
      secure =
          bind(
              settings.tls.port,
              channel -> {
                SslHandler handler = certificates.context().newHandler(channel.alloc());
                handler.setHandshakeTimeoutMillis(settings.limits.hello().toMillis());
                channel.pipeline().addLast(handler);
                accept(channel);
              });
    }
  }

  /** Threads, transport and options are those of BareEcho in connector/benchmark, our limit. */
  private Channel bind(int port, Consumer<Channel> accept) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept.accept(channel);
                  }
                })
            .bind(settings.bindAddress, port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    return bound.channel();
  }

  /** The plain TCP port that was opened. */
  public int port() {
    return ((InetSocketAddress) plain.localAddress()).getPort();
  }

  /** The TLS port that was opened; 0 if there is none. */
  public int tlsPort() {
    return secure == null ? 0 : ((InetSocketAddress) secure.localAddress()).getPort();
  }

  /** How many sessions are open. */
  public int sessions() {
    return sessions.count();
  }

  /** Closes the sessions whose devices have a newer one on another node. */
  public void takenOver(List<Long> sessionIds) {
    sessions.takenOver(sessionIds);
  }

  /**
   * Closes the ports, lets every session answer what it owes, then closes them.
   *
   * @return how many sessions had to be cut off
   */
  public int close(long timeoutMillis) throws InterruptedException {
    plain.close().await(timeoutMillis);
    if (secure != null) {
      secure.close().await(timeoutMillis);
    }
    sessions.stop();
    int cut = sessions.awaitNone(timeoutMillis);
    loops.shutdownGracefully(0, timeoutMillis, TimeUnit.MILLISECONDS).await(timeoutMillis);
    return cut;
  }

  private void accept(Channel channel) {
    int count = sessions.count();
    InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
    if (remote == null) {
      // Gone again before we looked.
      channel.close();
      return;
    }
    if (count >= 2 * settings.maxSessions) {
      // More than we could even tell to come back later.
      meters.refused(Refusal.NODE_FULL);
      channel.close();
      return;
    }
    String address = remote.getAddress().getHostAddress();
    int alike = sessions.count(address);
    if (alike >= settings.maxPerAddress) {
      meters.refused(Refusal.ADDRESS_FULL);
      AdapterLog.ADDRESS_FULL.sayOccasionally(null, address, alike);
      channel.close();
      return;
    }
    Origin origin =
        new Origin(
            address,
            remote.getPort(),
            settings.node,
            clock.instant(),
            count >= settings.maxSessions);
    channel
        .pipeline()
        .addLast(new SessionHandler(dispatcher, sessions, settings.limits, origin, clock, meters));
  }
}
