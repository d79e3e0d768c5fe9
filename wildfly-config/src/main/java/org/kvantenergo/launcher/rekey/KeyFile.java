package org.kvantenergo.launcher.rekey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file with the master key and, while it is being changed, the next one beside it. At no moment
 * is there a value in the database whose key is in neither.
 */
final class KeyFile {

  private final Path file;
  private final Path next;

  KeyFile(Path file) {
    this.file = file;
    this.next = file.resolveSibling(file.getFileName() + ".new");
  }

  /** The key in use. */
  Key present() throws IOException {
    return read(file);
  }

  /** The next one: the one that a change which was broken off left, else made and durable. */
  Key next() throws IOException {
    if (Files.notExists(next)) {
      make();
    }
    return read(next);
  }

  /** The next one is the one in use from now on; the old one stays under its name. */
  void finish(Key old) throws IOException {
    try {
      Files.createLink(file.resolveSibling(file.getFileName() + "." + old.hexName()), file);
    } catch (FileAlreadyExistsException e) {
      // Of a change that was broken off right here.
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(file.toAbsolutePath().getParent());
  }

  private void make() throws IOException {
    Path draft =
        Files.createTempFile(
            next.toAbsolutePath().getParent(), "kvant-master", ".draft", ownerOnly());
    try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap((Key.made().base64() + "\n").getBytes(StandardCharsets.US_ASCII)));
      out.force(true);
    }
    Files.move(draft, next, StandardCopyOption.ATOMIC_MOVE);
    force(next.toAbsolutePath().getParent());
  }

  private FileAttribute<?>[] ownerOnly() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void force(Path folder) {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      // Not every system lets a folder be forced.
    }
  }

  private static Key read(Path path) throws IOException {
    return Key.of(Files.readString(path, StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
