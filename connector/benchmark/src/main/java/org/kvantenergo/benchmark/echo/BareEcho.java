package org.kvantenergo.benchmark.echo;

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
import io.netty.util.NettyRuntime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A port that answers modules. Transport, number of event loops and socket options are those of the
 * adapter's {@code net.Acceptor}: whoever changes them there changes them here.
 */
public final class BareEcho implements AutoCloseable {

  private static final int BACKLOG = 8192;

  private final EventLoopGroup loops;
  private final Channel listening;

  private BareEcho(EventLoopGroup loops, Channel listening) {
    this.loops = loops;
    this.listening = listening;
  }

  /**
   * Opens the port.
   *
   * @param host name or address to listen on
   * @param port TCP port; 0 = any free one
   * @throws IOException if it cannot be bound; nothing is left open then
   */
  public static BareEcho open(String host, int port) throws IOException {
    int threads = NettyRuntime.availableProcessors();
    EventLoopGroup loops =
        Epoll.isAvailable() ? new EpollEventLoopGroup(threads) : new NioEventLoopGroup(threads);
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
                    channel.pipeline().addLast(new EchoHandler());
                  }
                })
            .bind(host, port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    return new BareEcho(loops, bound.channel());
  }

  /** The TCP port that was opened. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Waits until the port is closed, for a program that lives until it is ended. */
  public void awaitEnd() throws InterruptedException {
    listening.closeFuture().sync();
  }

  /** Closes the port and every session; waits up to 3 s. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
