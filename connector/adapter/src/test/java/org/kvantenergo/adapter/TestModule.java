package org.kvantenergo.adapter;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;

/** The other end of a module's connection, blocking. */
public final class TestModule implements AutoCloseable {

  private final Socket socket;
  private final DataInputStream in;

  /** Connects. */
  public TestModule(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Sends frames in one segment. */
  public void send(byte[]... frames) throws IOException {
    socket.getOutputStream().write(ModuleFrames.together(frames));
  }

  /** The next answer, waited for. */
  public String answer() throws IOException {
    byte[] header = in.readNBytes(9);
    if (header.length == 0) {
      return "END";
    }
    byte[] rest = in.readNBytes((header[7] & 0xFF) + 2);
    FrameParse parse = FrameParser.parse(ByteBuffer.wrap(ModuleFrames.together(header, rest)));
    return ModuleFrames.answer(((FrameParse.Whole) parse).frame());
  }

  /** Everything up to the end of the stream, which is the last element. */
  public List<String> answersToTheEnd() throws IOException {
    List<String> answers = new ArrayList<>();
    do {
      answers.add(answer());
    } while (!answers.get(answers.size() - 1).equals("END"));
    return answers;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
