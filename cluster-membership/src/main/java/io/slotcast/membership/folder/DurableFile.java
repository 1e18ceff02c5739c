package io.slotcast.membership.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces files so that a crash leaves either the old content or the new. */
public final class DurableFile {
  private static final boolean SYNC_FOLDERS =
      !System.getProperty("os.name", "").startsWith("Windows");

  private DurableFile() {}

  /** Writes a file's whole content. */
  public static void replace(Path folder, String name, byte[] content) throws IOException {
    Path written = folder.resolve(name + ".new");
    try (FileChannel channel =
        FileChannel.open(
            written,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, content);
      channel.force(true);
    }
    move(folder, name + ".new", name);
  }

  /** Gives a file, whose content is durable, another name in its folder. */
  public static void move(Path folder, String from, String to) throws IOException {
    Files.move(
        folder.resolve(from),
        folder.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    syncFolder(folder);
  }

  static void write(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(content);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  /**
   * Names that files were given or lost are durable only once their folder is; Windows has no way
   * to ask for that.
   */
  public static void syncFolder(Path folder) throws IOException {
    if (SYNC_FOLDERS) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
