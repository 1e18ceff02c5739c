package io.slotcast.broker.journal;

import io.slotcast.broker.keyspace.rdb.RdbFileException;
import io.slotcast.broker.keyspace.rdb.RdbFileReader;
import io.slotcast.broker.resp.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the files of a journal, this node's and those of Redis: a base, then commands. */
final class JournalLoader {
  private static final Logger log = LoggerFactory.getLogger(JournalLoader.class);

  private static final int CHUNK = 1 << 20;

  /** Repeats commands that lie in memory. */
  interface Commands {
    /**
     * @return the position behind the last whole command or transaction
     * @throws ProtocolException if the bytes are no commands
     */
    int run(byte[] array, int from, int to) throws ProtocolException;

    /** How many bytes of the last run were repeated, or passed over, before it ended. */
    int ran();
  }

  private final JournalFolder folder;
  private final RdbFileReader rdb;
  private final Commands commands;
  private final boolean takesTruncated;
  private final InstantSource clock;
  private LongConsumer progress = bytes -> {};

  /** Of the files before the one that is being loaded. */
  private long bytesBefore;

  /**
   * @param takesTruncated {@code aof-load-truncated}
   */
  JournalLoader(
      JournalFolder folder,
      RdbFileReader rdb,
      Commands commands,
      boolean takesTruncated,
      InstantSource clock) {
    this.folder = folder;
    this.rdb = rdb;
    this.commands = commands;
    this.takesTruncated = takesTruncated;
    this.clock = clock;
  }

  /** The length of all files together. */
  long totalBytes(Manifest manifest) throws IOException, UnloadableException {
    long total = 0;
    for (Manifest.Entry entry : manifest.files()) {
      Path file = folder.file(entry);
      if (!Files.exists(file)) {
        throw new UnloadableException(
            file + ": missing, though " + folder.manifest().getFileName() + " names it");
      }
      total += Files.size(file);
    }
    return total;
  }

  /**
   * Loads all files, and cuts off what is not whole at the end of the last one.
   *
   * @param followed told now and then how many bytes of all files were read
   */
  void load(Manifest manifest, LongConsumer followed) throws IOException, UnloadableException {
    progress = followed;
    List<Manifest.Entry> files = manifest.files();
    for (int i = 0; i < files.size(); i++) {
      load(folder.file(files.get(i)), i == files.size() - 1);
    }
  }

  private void load(Path file, boolean isLast) throws IOException, UnloadableException {
    long begin = clock.millis();
    long size = Files.size(file);
    long at = RdbFileReader.isRdb(file) ? loadRdb(file) : 0;
    if (at < size) {
      loadCommands(file, at, size, isLast);
    }
    bytesBefore += size;
    log.info("{}: loaded, {} bytes in {} ms", file, size, clock.millis() - begin);
  }

  private long loadRdb(Path file) throws IOException, UnloadableException {
    try {
      return rdb.load(
              file,
              RdbFileReader.Expired.KEPT,
              true,
              clock.millis(),
              bytes -> progress.accept(bytesBefore + bytes))
          .end();
    } catch (RdbFileException e) {
      throw new UnloadableException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The bytes that were read, and where in the file they begin. */
  private static final class Window {
    byte[] array = new byte[CHUNK];
    int from;
    int to;
    long begin;

    long position() {
      return begin + from;
    }

    /** Reads on behind what is left; false at the end. */
    boolean fill(InputStream in) throws IOException {
      if (from > 0) {
        System.arraycopy(array, from, array, 0, to - from);
        begin += from;
        to -= from;
        from = 0;
      }
      if (to == array.length) {
        if (array.length > Integer.MAX_VALUE / 2) {
          throw new IOException("a command of more than a gigabyte");
        }
        array = Arrays.copyOf(array, array.length * 2);
      }
      int read = in.read(array, to, array.length - to);
      to += Math.max(read, 0);
      return read > 0;
    }
  }

  private void loadCommands(Path file, long from, long size, boolean isLast)
      throws IOException, UnloadableException {
    Window window = new Window();
    window.begin = from;
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(from);
      while (window.fill(in)) {
        window.from = run(window);
        progress.accept(bytesBefore + window.position());
      }
    } catch (ProtocolException malformed) {
      throw new UnloadableException(
          file
              + ": bad file format, no command begins at byte "
              + (window.position() + commands.ran())
              + " ("
              + malformed.getMessage()
              + "); make a backup, then use redis-check-aof --fix",
          malformed);
    } catch (UnknownEffectException unknown) {
      throw new UnloadableException(
          file + ": at byte " + (window.position() + commands.ran()) + ": " + unknown.getMessage(),
          unknown);
    }
    if (window.position() < size) {
      endsEarly(file, window.position(), size, isLast);
    }
  }

  /** Repeats what is whole; a line with a comment, such as a time, is passed over. */
  private int run(Window window) throws ProtocolException {
    int at = window.from;
    while (at < window.to) {
      if (window.array[at] == '#') {
        int end = lineEnd(window.array, at, window.to);
        if (end < 0) {
          return at;
        }
        at = end;
      } else {
        int next = commands.run(window.array, at, window.to);
        if (next == at) {
          return at;
        }
        at = next;
      }
      window.from = at;
    }
    return at;
  }

  private static int lineEnd(byte[] array, int from, int to) {
    for (int i = from; i < to; i++) {
      if (array[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private void endsEarly(Path file, long whole, long size, boolean isLast)
      throws IOException, UnloadableException {
    String what = file + ": unexpected end of file, the last whole command ends at byte " + whole;
    if (!isLast || !takesTruncated) {
      throw new UnloadableException(
          what
              + (isLast
                  ? "; with aof-load-truncated yes the rest is cut off"
                  : ", and more files follow"));
    }
    log.warn("{}; the rest, {} bytes, is cut off", what, size - whole);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(whole);
      channel.force(true);
    }
  }
}
