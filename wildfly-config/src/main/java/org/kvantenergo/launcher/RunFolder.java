package org.kvantenergo.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;

/**
 * The folder in which a run keeps its data: one launcher at a time, one data format, and either the
 * demo or not.
 */
public final class RunFolder implements AutoCloseable {
  /** Rises when what lies in the folder changes in a way that an older version cannot read. */
  static final String FORMAT = "1";

  private static final String PID_FILE = "launcher.pid";

  private final Path folder;
  private final FileChannel channel;

  private RunFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Takes the folder for this process, or says who has it. */
  public static RunFolder take(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw LaunchMessage.ALREADY_RUNNING.exception(folder, holder(folder));
      }
      Files.writeString(folder.resolve(PID_FILE), Long.toString(ProcessHandle.current().pid()));
      return new RunFolder(folder, channel);
    } catch (IOException e) {
      throw LaunchMessage.NOT_WRITABLE.exception(folder, why(e));
    }
  }

  /** What kept a file from being written, for people. */
  static String why(IOException e) {
    if (!(e instanceof FileSystemException at)) {
      return DatabaseCheck.oneLine(e);
    }
    Path path = Path.of(at.getFile());
    if (e instanceof NoSuchFileException) {
      return path + " cannot be made";
    }
    if (e instanceof AccessDeniedException) {
      return "no right to write " + path;
    }
    if (e instanceof FileAlreadyExistsException) {
      return path + " is no folder";
    }
    return path + ": " + Optional.ofNullable(at.getReason()).orElse(e.getClass().getSimpleName());
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static String holder(Path folder) throws IOException {
    Path pid = folder.resolve(PID_FILE);
    return Files.exists(pid) ? Files.readString(pid).strip() : "unknown";
  }

  /** Refuses a folder of another format or purpose; writes both down for a new one. */
  public void requireFit(boolean demo) {
    Path file = folder.resolve("format");
    Properties properties = new Properties();
    try {
      if (Files.exists(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          properties.load(in);
        }
      } else {
        properties.setProperty("format", FORMAT);
        properties.setProperty("demo", Boolean.toString(demo));
        try (OutputStream out = Files.newOutputStream(file)) {
          properties.store(out, null);
        }
      }
    } catch (IOException e) {
      throw LaunchMessage.NOT_WRITABLE.exception(folder, why(e));
    }
    String format = properties.getProperty("format", "?");
    if (!format.equals(FORMAT)) {
      throw LaunchMessage.DATA_OTHER_FORMAT.exception(folder, format, FORMAT);
    }
    String purpose = properties.getProperty("demo", "?");
    if (!purpose.equals(Boolean.toString(demo))) {
      throw LaunchMessage.DATA_OTHER_PURPOSE.exception(folder, purpose);
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    try {
      // Before the lock: from then on the file is the next launcher's.
      Files.deleteIfExists(folder.resolve(PID_FILE));
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
