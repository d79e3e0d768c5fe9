package org.kvantenergo.simulator.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens TCP connections to one server. May be used from any thread. */
public final class Connector implements AutoCloseable {

  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  /** A server that is called by a whole fleet at once takes its time for the handshakes. */
  private static final int HANDSHAKE_TIMEOUT_MILLIS = 60_000;

  private final Target target;
  private final SslContext tls;
  private final Troubles troubles;
  private final EventLoopGroup group;
  private final AtomicInteger nextSource = new AtomicInteger();

  /**
   * Starts the threads; opens nothing yet.
   *
   * @param target where the server is and which addresses to come from
   * @param threads event loops, 1 or more
   * @throws IllegalArgumentException if the certificates to trust cannot be read
   */
  public Connector(Target target, int threads) {
    this.target = target;
    this.troubles = new Troubles(target.host(), target.port(), CONNECT_TIMEOUT_MILLIS / 1_000);
    this.tls = target.tls() == null ? null : target.tls().context();
    var names = new DefaultThreadFactory("simulator", true);
    this.group =
        Epoll.isAvailable()
            ? new EpollEventLoopGroup(threads, names)
            : new NioEventLoopGroup(threads, names);
  }

  /** The loop that the next module should live on; loops are handed out in turn. */
  public EventLoop loop() {
    return group.next();
  }

  /**
   * Opens a connection. The listener hears {@code opened} and later {@code closed}, or only {@code
   * closed} with the reason, always on the loop.
   */
  public void open(EventLoop loop, Conversation.Listener listener) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            .remoteAddress(InetSocketAddress.createUnresolved(target.host(), target.port()));
    bindTo(nextSource(), bootstrap);
    Conversation conversation = new Conversation(listener, troubles);
    bootstrap.handler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            if (tls != null) {
              channel.pipeline().addLast(tlsHandler(channel));
            }
            channel.pipeline().addLast(conversation);
          }
        });
    ChannelFuture unused =
        bootstrap
            .connect()
            .addListener(
                done -> {
                  if (!done.isSuccess()) {
                    // Without a free file there is no channel, and this is not the loop's thread.
                    loop.execute(() -> conversation.notOpened(done.cause()));
                  }
                });
  }

  private SslHandler tlsHandler(Channel channel) {
    SslHandler handler = tls.newHandler(channel.alloc(), target.host(), target.port());
    handler.setHandshakeTimeoutMillis(HANDSHAKE_TIMEOUT_MILLIS);
    return handler;
  }

  /**
   * With a source address the port is chosen at connect, where the kernel has it (epoll): chosen at
   * bind it would have to be free for every destination.
   */
  private static void bindTo(InetAddress source, Bootstrap bootstrap) {
    if (source != null) {
      bootstrap.localAddress(new InetSocketAddress(source, 0));
      if (Epoll.isAvailable()) {
        bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
      }
    }
  }

  private InetAddress nextSource() {
    List<InetAddress> sources = target.sources();
    return sources.isEmpty()
        ? null
        : sources.get(Math.floorMod(nextSource.getAndIncrement(), sources.size()));
  }

  /** Ends the threads, and with them what is still open; waits up to 3 s. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
