package io.slotcast.membership.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Replaces a file so that a crash leaves either the old content or the new. */
final class DurableFile {
  private static final boolean SYNC_FOLDERS =
      !System.getProperty("os.name", "").startsWith("Windows");

  private DurableFile() {}

  static void replace(Path folder, String name, byte[] content) throws IOException {
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
    Files.move(
        written,
        folder.resolve(name),
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

  /** The rename itself is durable only once its folder is; Windows has no way to ask for that. */
  private static void syncFolder(Path folder) throws IOException {
    if (SYNC_FOLDERS) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
