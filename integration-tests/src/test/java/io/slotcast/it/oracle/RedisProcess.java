package io.slotcast.it.oracle;

import io.slotcast.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The {@code redis-server} of this machine. */
record RedisProcess(Process process, int port, Path logFile) implements RedisServer {
  private static final String VERSION = "v=7.0.";

  static Optional<String> missing() {
    try {
      Process process = new ProcessBuilder("redis-server", "--version").start();
      String version =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return version.contains(VERSION)
          ? Optional.empty()
          : Optional.of("the oracle is Redis 7.0, and redis-server here is: " + version);
    } catch (IOException e) {
      return Optional.of("there is no redis-server on the path");
    }
  }

  static RedisProcess start(Path folder) {
    int port = FreePorts.take(1).getFirst();
    ProcessBuilder builder =
        new ProcessBuilder(
            "redis-server",
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--cluster-enabled",
            "yes",
            "--save",
            "",
            "--dir",
            folder.toString());
    Path log = folder.resolve("redis.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      return new RedisProcess(builder.start(), port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String log() {
    try {
      return Files.readString(logFile);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
