package org.kvantenergo.adapter.rehearsal;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Modules that report to a port of this machine, each one session after the other, on one thread
 * together. Made to be slow: what they take is missed by others.
 */
final class Crowd {

  private static final int COME_AGAIN_MILLIS = 20;

  private final Bootstrap bootstrap;
  private final EventLoopGroup loop;
  private final LongAdder records = new LongAdder();
  private volatile boolean refused;
  private volatile boolean closed;

  /** Nobody comes yet. */
  Crowd(int port) {
    ThreadFactory threads = new DefaultThreadFactory("kvant-rehearsal", true);
    loop =
        Epoll.isAvailable()
            ? new EpollEventLoopGroup(1, threads)
            : new NioEventLoopGroup(1, threads);
    bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** Modules 1, 2, … come. */
  void come(int modules) {
    for (int serial = 1; serial <= modules; serial++) {
      connect(new RehearsedModule(serial, this));
    }
  }

  private void connect(RehearsedModule module) {
    bootstrap
        .clone()
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(module);
              }
            })
        .connect()
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                refused();
              }
            });
  }

  /** A module has left; it comes again. */
  void left(RehearsedModule module) {
    if (!closed && !refused) {
      RehearsedModule next = module.again();
      loop.schedule(() -> connect(next), COME_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Records of a module were acknowledged. */
  void acknowledged(int count) {
    records.add(count);
  }

  /** A module was answered what no module expects. */
  void refused() {
    refused = true;
  }

  /** Whether one was: there is no use in going on. */
  boolean wasRefused() {
    return refused;
  }

  /** How many records were acknowledged. */
  long records() {
    return records.sum();
  }

  /** All leave; returns when they have, or after the time. */
  void close(long timeoutMillis) throws InterruptedException {
    closed = true;
    loop.shutdownGracefully(0, timeoutMillis, TimeUnit.MILLISECONDS).await(timeoutMillis);
  }
}
