package org.kvantenergo.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.kvantenergo.benchmark.codec.CodecCosts;
import org.kvantenergo.benchmark.codec.Cost;
import org.kvantenergo.benchmark.codec.FrameKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "codec",
    mixinStandardHelpOptions = true,
    description = "Time and memory that it takes to read and to write one frame, by JMH.")
final class CodecCommand implements Callable<Integer> {

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file.")
  private Path json;

  @Option(names = "--quick", description = "Only see that it works; the figures mean nothing.")
  private boolean quick;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    CodecCosts costs = new CodecCosts(quick);
    List<String> frames = new ArrayList<>();
    for (FrameKind frame : FrameKind.values()) {
      Cost decode = costs.of(frame, CodecCosts.Operation.DECODE);
      Cost encode = costs.of(frame, CodecCosts.Operation.ENCODE);
      out.printf(
          Locale.ROOT,
          "%-18s %5d bytes  decode %8.1f ns %6.0f bytes allocated  encode %8.1f ns %6.0f bytes%n",
          frame,
          frame.length(),
          decode.nanos(),
          decode.bytes(),
          encode.nanos(),
          encode.bytes());
      out.flush();
      frames.add(json(frame, decode, encode));
    }
    if (json != null) {
      Files.writeString(json, "{\"frames\": [%n  %s]}%n".formatted(String.join(",\n  ", frames)));
    }
    return 0;
  }

  private static String json(FrameKind frame, Cost decode, Cost encode) {
    return "{\"frame\": \"%s\", \"length\": %d, \"decode\": %s, \"encode\": %s}"
        .formatted(frame, frame.length(), json(decode), json(encode));
  }

  private static String json(Cost cost) {
    return String.format(
        Locale.ROOT,
        "{\"nanos\": %.1f, \"error\": %s, \"bytes\": %.0f}",
        cost.nanos(),
        Double.isNaN(cost.error()) ? "null" : String.format(Locale.ROOT, "%.1f", cost.error()),
        cost.bytes());
  }
}
