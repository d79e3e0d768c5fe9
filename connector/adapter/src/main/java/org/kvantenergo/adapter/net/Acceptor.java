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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.adapter.delivery.Dispatcher;

/** The module port: opens it, makes a session of every connection, closes it. */
public final class Acceptor {

  private static final int BACKLOG = 8192;

  private final Settings settings;
  private final Dispatcher dispatcher;
  private final Clock clock;
  private final Sessions sessions = new Sessions();
  private EventLoopGroup loops;
  private Channel port;

  /**
   * Where and whom to accept.
   *
   * @param bindAddress host name or IP address
   * @param port TCP port; 0 = any free one
   * @param node name of this server
   * @param maxSessions sessions from which on newcomers are told to come back later; at twice as
   *     many a connection is closed at once
   * @param limits time limits of a session
   */
  public record Settings(
      String bindAddress, int port, String node, int maxSessions, TimeLimits limits) {}

  /** Nothing is opened yet. */
  public Acceptor(Settings settings, Dispatcher dispatcher, Clock clock) {
    this.settings = settings;
    this.dispatcher = dispatcher;
    this.clock = clock;
  }

  /**
   * Opens the port.
   *
   * @throws IOException if it cannot be bound; nothing is left open then
   */
  public void open() throws IOException {
    boolean epoll = Epoll.isAvailable();
    loops = epoll ? new EpollEventLoopGroup() : new NioEventLoopGroup();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                })
            .bind(settings.bindAddress, settings.port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    port = bound.channel();
  }

  /** The TCP port that was opened. */
  public int port() {
    return ((InetSocketAddress) port.localAddress()).getPort();
  }

  /** How many sessions are open. */
  public int sessions() {
    return sessions.count();
  }

  /**
   * Closes the port, lets every session answer what it owes, then closes them.
   *
   * @return how many sessions had to be cut off
   */
  public int close(long timeoutMillis) throws InterruptedException {
    port.close().await(timeoutMillis);
    sessions.stop();
    int cut = sessions.awaitNone(timeoutMillis);
    loops.shutdownGracefully(0, timeoutMillis, TimeUnit.MILLISECONDS).await(timeoutMillis);
    return cut;
  }

  private void accept(Channel channel) {
    int count = sessions.count();
    InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
    if (remote == null || count >= 2 * settings.maxSessions) {
      // Gone again before we looked, or more than we could even tell to come back later.
      channel.close();
      return;
    }
    SessionProtocol.Origin origin =
        new SessionProtocol.Origin(
            remote.getAddress().getHostAddress() + ":" + remote.getPort(),
            settings.node,
            clock.instant(),
            count >= settings.maxSessions ? Spread.seconds() : 0);
    channel
        .pipeline()
        .addLast(new SessionHandler(dispatcher, sessions, settings.limits, origin, clock));
  }
}
