package org.kvantenergo.registry.lists.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.kvantenergo.registry.lists.Problem;

/**
 * In which encoding the lines of a file are: what most of them say.
 *
 * @param charset UTF-8 or CP1251
 * @param others numbers of lines, from 1, that are in another one
 */
record Encoding(Charset charset, BitSet others) {

  private static final Charset CP1251 = Charset.forName("windows-1251");

  // A line of bytes longer than this is no line of a list.
  private static final int LONGEST = 1 << 20;

  static Encoding of(Path file) throws IOException, RefusedFile {
    BitSet utf8 = new BitSet();
    BitSet not = new BitSet();
    CharsetDecoder decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      boolean beyondAscii = false;
      int number = 1;
      int b;
      do {
        b = in.read();
        if (b == 0) {
          throw new RefusedFile(Problem.NOT_A_LIST, number, "");
        }
        if (b == '\n' || b < 0) {
          if (beyondAscii) {
            (valid(decoder, line.toByteArray()) ? utf8 : not).set(number);
          }
          line.reset();
          beyondAscii = false;
          number++;
        } else {
          beyondAscii |= b > 0x7F;
          line.write(b);
          if (line.size() > LONGEST) {
            throw new RefusedFile(Problem.NOT_A_LIST, number, "");
          }
        }
      } while (b >= 0);
    }
    return utf8.cardinality() >= not.cardinality()
        ? new Encoding(StandardCharsets.UTF_8, not)
        : new Encoding(CP1251, utf8);
  }

  private static boolean valid(CharsetDecoder decoder, byte[] line) {
    try {
      decoder.decode(ByteBuffer.wrap(line));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
