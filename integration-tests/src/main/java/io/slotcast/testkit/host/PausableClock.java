package io.slotcast.testkit.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The monotonic clock of one process, which can fall behind as that of a virtual machine does that
 * was suspended; the wall clock goes on. By a small library that is preloaded ({@code clock.c}
 * beside this class), compiled where it is needed.
 */
public final class PausableClock {
  private static final String COMPILER = "gcc";

  private final Path library;
  private final Path behind;
  private Duration total = Duration.ZERO;

  private PausableClock(Path library, Path behind) {
    this.library = library;
    this.behind = behind;
  }

  /** Why there can be no such clock here; empty if there can. */
  public static Optional<String> missing() {
    try {
      SystemCommand.run(COMPILER + " --version");
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of("clocks cannot be paused here (that takes gcc): " + e.getMessage());
    }
  }

  /**
   * A clock that is right.
   *
   * @param folder gets the library, which clocks of one folder share, and the clock's file
   * @param name of the file
   */
  public static PausableClock in(Path folder, String name) {
    try {
      Path library = folder.resolve("clock.so");
      if (Files.notExists(library)) {
        compile(folder.resolve("clock.c"), library);
      }
      PausableClock clock = new PausableClock(library, folder.resolve(name + ".clock"));
      clock.write();
      return clock;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(Path source, Path library) throws IOException {
    try (InputStream in = PausableClock.class.getResourceAsStream("clock.c")) {
      Files.copy(Objects.requireNonNull(in, "clock.c is missing beside this class"), source);
    }
    SystemCommand.run(
        List.of(
            COMPILER,
            "-O2",
            "-shared",
            "-fPIC",
            "-o",
            library.toString(),
            source.toString(),
            "-ldl"));
  }

  /** What comes before a command that is to have this clock; it becomes that process. */
  public List<String> launcher() {
    return List.of("env", "LD_PRELOAD=" + library, "CLOCK_BEHIND=" + behind);
  }

  /** The process, which should be stopped now, will not notice this time. */
  public void fallBehind(Duration time) {
    total = total.plus(time);
    try {
      write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In place, for the process has the file mapped. */
  private void write() throws IOException {
    ByteBuffer nanos =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(total.toNanos());
    try (FileChannel file =
        FileChannel.open(behind, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(nanos.flip());
    }
  }
}
