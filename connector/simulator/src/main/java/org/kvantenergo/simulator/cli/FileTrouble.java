package org.kvantenergo.simulator.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What is wrong with a file, in one line for people. */
final class FileTrouble {

  private FileTrouble() {}

  /** Which file, and why. */
  static String of(IOException failure) {
    if (failure instanceof FileSystemException file) {
      return file.getFile() + ": " + reason(file);
    } else if (failure instanceof CharacterCodingException) {
      return "that is no text file: " + failure.getMessage();
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static String reason(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or folder";
    } else if (failure instanceof AccessDeniedException) {
      return "it may not be opened";
    }
    return failure.getReason() == null ? failure.toString() : failure.getReason();
  }

  /**
   * Opens a file for reading, so that it is known now whether that can be done.
   *
   * @param file null = nothing is asked
   * @throws IOException if it cannot
   */
  static void readable(Path file) throws IOException {
    if (file != null) {
      Files.newInputStream(file).close();
      if (Files.isDirectory(file)) {
        throw new FileSystemException(file.toString(), null, "it is a folder");
      }
    }
  }

  /**
   * Opens a file for writing, as {@link #readable}; an empty one is made if there is none.
   *
   * @param file null = nothing is asked
   * @throws IOException if it cannot
   */
  static void writable(Path file) throws IOException {
    if (file != null) {
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
    }
  }
}
