package org.kvantenergo.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.frame.FrameKey.Direction;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Ping;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Reject;
import org.kvantenergo.wire.packet.Relay;
import org.kvantenergo.wire.packet.Relayed;

/** One session of a {@link Peer}, on a thread of its own. */
final class PeerSession {

  private final Peer peer;
  private final int number;
  private final Socket socket;
  private final Set<Long> sent = new HashSet<>();
  private final Map<Long, Long> open = new HashMap<>();
  private Peer.Heard heard;
  private FrameKey key;
  private int lastUplink;
  private int lastOwn;

  PeerSession(Peer peer, int number, Socket socket) {
    this.peer = peer;
    this.number = number;
    this.socket = socket;
  }

  void run() {
    try (socket) {
      InputStream in = socket.getInputStream();
      ByteBuffer bytes = ByteBuffer.allocate(16_384).limit(0);
      boolean goesOn = true;
      while (goesOn) {
        FrameParse parse = FrameParser.parse(bytes);
        if (parse instanceof FrameParse.Whole whole) {
          goesOn = take(whole.frame());
        } else if (!(parse instanceof FrameParse.Incomplete)) {
          return;
        } else {
          bytes.compact();
          int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
          if (read < 0) {
            return;
          }
          bytes.position(bytes.position() + read).flip();
        }
      }
    } catch (IOException e) {
      // the module went away
    } catch (MalformedPacketException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean take(Frame frame) throws IOException, MalformedPacketException {
    Packet.Uplink packet = PacketDecoder.uplink(frame.type(), frame.payload());
    if (packet instanceof Hello hello) {
      heard = peer.hello(hello);
      byte[] secret = peer.keyOf(hello);
      key = secret == null ? null : new FrameKey(secret, hello.nonce());
      if (key != null && !peer.counts(hello)) {
        peer.fault("the session counter does not grow");
      }
    } else {
      heard.packets().add(packet);
    }
    if (key != null && !key.signed(Direction.UP, frame)) {
      peer.fault("no right tag on " + packet);
    }
    lastUplink = lastUplink % 0xFFFF + 1;
    if (frame.seq() != lastUplink) {
      peer.fault("seq %d, not %d".formatted(frame.seq(), lastUplink));
    }
    return !(packet instanceof Bye) && answer(frame, packet);
  }

  private boolean answer(Frame frame, Packet.Uplink packet)
      throws IOException, MalformedPacketException {
    Packet.Downlink scripted = peer.script.answer(number, packet);
    if (scripted != null) {
      send(frame.seq(), scripted, false);
      boolean refused = scripted instanceof HelloAck ack && !ack.result().open();
      return !refused && !(scripted instanceof Reject reject && reject.reason().closes());
    }
    if (packet instanceof Hello) {
      send(frame.seq(), new HelloAck(HelloAck.Result.ACCEPTED, Peer.SERVER_TIME, 0), false);
    } else if (packet instanceof Relay relay) {
      Packet.Uplink inner = PacketDecoder.relayed(relay);
      peer.relayed(heard, relay.serial(), inner);
      acknowledge(frame.seq(), relay.serial(), relay.serial(), inner);
    } else {
      acknowledge(frame.seq(), 0, heard.hello().serial(), packet);
      if (packet instanceof Ping) {
        for (long block : heard.relayed().keySet()) {
          command(block, block);
        }
      }
    }
    return true;
  }

  /** An ACK, and the command that it announces. */
  private void acknowledge(int seq, long block, long serial, Packet.Uplink packet)
      throws IOException {
    boolean before = false;
    boolean forge = false;
    if (packet instanceof Readings readings) {
      before = !peer.store(serial, readings);
      forge = peer.forges();
    } else if (packet instanceof CommandResult result) {
      before = peer.result(serial, result.commandId(), result.code());
      open.remove(serial, result.commandId());
    }
    Ack ack = new Ack(before, pending(serial).size());
    send(seq, block == 0 ? ack : new Relayed(block, ack), forge);
    command(block, serial);
  }

  private List<Command> pending(long serial) {
    return peer.due(serial).stream().filter(c -> !sent.contains(c.commandId())).toList();
  }

  private void command(long block, long serial) throws IOException {
    List<Command> pending = pending(serial);
    if (!pending.isEmpty() && !open.containsKey(serial)) {
      Command next = pending.get(0);
      sent.add(next.commandId());
      open.put(serial, next.commandId());
      lastOwn++;
      send(lastOwn, block == 0 ? next : new Relayed(block, next), false);
    }
  }

  private void send(int seq, Packet.Downlink packet, boolean forge) throws IOException {
    byte[] payload = PacketEncoder.payload(packet);
    byte[] frame =
        key == null
            ? FrameEncoder.encode(packet.type(), seq, payload)
            : key.encode(forge ? Direction.UP : Direction.DOWN, packet.type(), seq, payload);
    socket.getOutputStream().write(frame);
  }
}
