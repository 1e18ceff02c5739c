package io.slotcast.membership.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A small file replaced whole: 4 bytes {@code SLC1}, the content's length and its CRC-32C as 4-byte
 * big-endian integers, the content.
 */
final class ChecksummedFile {
  private static final int MAGIC = 0x534c4331;
  private static final int HEADER = 12;

  private final Path folder;
  private final String name;

  ChecksummedFile(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  Path file() {
    return folder.resolve(name);
  }

  /**
   * @return the content, or null if there is no file
   * @throws FolderCorruptException if the file is not as it was written
   */
  byte @Nullable [] read() throws IOException {
    byte[] all;
    try {
      all = Files.readAllBytes(file());
    } catch (NoSuchFileException e) {
      return null;
    }
    if (all.length < HEADER) {
      throw new FolderCorruptException(file(), "it ends too soon");
    }
    ByteBuffer header = ByteBuffer.wrap(all);
    if (header.getInt() != MAGIC) {
      throw new FolderCorruptException(file(), "it does not begin as it should");
    } else if (header.getInt() != all.length - HEADER) {
      throw new FolderCorruptException(file(), "its length is not what it says");
    } else if (header.getInt() != checksum(all)) {
      throw new FolderCorruptException(file(), "its checksum differs");
    }
    return Arrays.copyOfRange(all, HEADER, all.length);
  }

  void write(byte[] content) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(HEADER + content.length);
    all.putInt(MAGIC).putInt(content.length).putInt(0).put(content);
    all.putInt(8, checksum(all.array()));
    DurableFile.replace(folder, name, all.array());
  }

  private static int checksum(byte[] all) {
    CRC32C crc = new CRC32C();
    crc.update(all, HEADER, all.length - HEADER);
    return (int) crc.getValue();
  }
}
