package org.kvantenergo.simulator;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;

/**
 * The records that a server has acknowledged, one line each, appended only after the ACK arrived:
 * what must be in its archive, exactly once, whatever happened to it. Beside them what became of
 * commands. May be used from any thread.
 */
public final class Journal implements AutoCloseable {

  private static final int FLUSH_MILLIS = 50;
  private static final int FIELDS = 6;
  private static final String COMMAND = "command";

  private final BufferedWriter out;
  private final Consumer<String> messages;
  private final ScheduledExecutorService flusher;
  private boolean failed;

  /**
   * An acknowledged record.
   *
   * @param imei of the module
   * @param serial of the module
   * @param recordNumber u32
   * @param moduleTime u32 seconds since 1970
   * @param digest first 8 bytes of SHA-256 over the 54 bytes, as 16 hex digits
   * @param code of the ACK: 0 stored, 1 already stored before
   */
  public record Entry(
      long imei, long serial, long recordNumber, long moduleTime, String digest, int code) {}

  /**
   * What became of a command.
   *
   * @param imei of the device, 0 = none
   * @param serial of the device
   * @param commandId u32
   * @param step what happened
   * @param result code of COMMAND_RESULT, u8
   */
  public record CommandEntry(long imei, long serial, long commandId, Step step, int result) {

    private String line() {
      return String.join(
          " ",
          COMMAND,
          Long.toString(imei),
          Long.toString(serial),
          Long.toString(commandId),
          step.name(),
          Integer.toString(result));
    }
  }

  /** A step of a command. */
  public enum Step {
    /** Carried out: exactly once a commandId. */
    EXECUTED,
    /** Not carried out, result not 0. */
    REFUSED,
    /** Came again, answered from memory. */
    REPEATED,
    /** Its result was acknowledged. */
    ACKNOWLEDGED
  }

  /** Opens the file for appending, creates it if need be, and flushes it every 50 ms. */
  public Journal(Path file, Consumer<String> messages) throws IOException {
    this.messages = messages;
    this.out =
        Files.newBufferedWriter(
            file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    this.flusher =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "journal");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> unused =
        flusher.scheduleWithFixedDelay(
            this::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Appends the records of an acknowledged frame. */
  void acknowledged(ModuleIdentity module, List<Reading> records, boolean already) {
    StringBuilder lines = new StringBuilder(80 * records.size());
    for (Reading record : records) {
      lines.append(module.imei()).append(' ').append(module.serial());
      lines.append(' ').append(record.recordNumber()).append(' ').append(record.moduleTime());
      lines.append(' ').append(digest(record)).append(already ? " 1\n" : " 0\n");
    }
    write(lines);
  }

  /** Appends a step of a command. */
  void command(CommandEntry entry) {
    write(entry.line() + '\n');
  }

  private synchronized void write(CharSequence lines) {
    try {
      out.append(lines);
    } catch (IOException e) {
      failed(e);
    }
  }

  private synchronized void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException e) {
    if (!failed) {
      failed = true;
      messages.accept(SimulatorMessage.JOURNAL_FAILED.line(e.getMessage()));
    }
  }

  /** Whether a line was lost. */
  public synchronized boolean failed() {
    return failed;
  }

  @Override
  public void close() {
    flusher.shutdownNow();
    synchronized (this) {
      try {
        out.close();
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  /** First 8 bytes of SHA-256 over the 54 bytes of a record, 16 hex digits. */
  public static String digest(Reading record) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(PacketEncoder.record(record));
      return HexFormat.of().formatHex(hash, 0, Long.BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Reads the acknowledged records of a journal. A last line without its end is left out: its
   * writer was killed.
   *
   * @throws IOException if it cannot be read, or a line is not a journal's
   */
  public static List<Entry> read(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String line : lines(file)) {
      if (!line.startsWith(COMMAND)) {
        entries.add(entry(line));
      }
    }
    return entries;
  }

  /**
   * Reads what a journal says of commands, in order.
   *
   * @throws IOException as with {@link #read}
   */
  public static List<CommandEntry> commands(Path file) throws IOException {
    List<CommandEntry> entries = new ArrayList<>();
    for (String line : lines(file)) {
      if (line.startsWith(COMMAND)) {
        entries.add(commandEntry(line));
      }
    }
    return entries;
  }

  private static List<String> lines(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static CommandEntry commandEntry(String line) throws IOException {
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS) {
      throw new IOException("not a journal's line: " + line);
    }
    try {
      return new CommandEntry(
          Long.parseLong(fields[1]),
          Long.parseLong(fields[2]),
          Long.parseLong(fields[3]),
          Step.valueOf(fields[4]),
          Integer.parseInt(fields[5]));
    } catch (IllegalArgumentException e) {
      throw new IOException("not a journal's line: " + line, e);
    }
  }

  private static Entry entry(String line) throws IOException {
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS) {
      throw new IOException("not a journal's line: " + line);
    }
    try {
      return new Entry(
          Long.parseLong(fields[0]),
          Long.parseLong(fields[1]),
          Long.parseLong(fields[2]),
          Long.parseLong(fields[3]),
          fields[4],
          Integer.parseInt(fields[5]));
    } catch (NumberFormatException e) {
      throw new IOException("not a journal's line: " + line, e);
    }
  }
}
