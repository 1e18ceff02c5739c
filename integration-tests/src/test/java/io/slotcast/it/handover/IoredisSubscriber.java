package io.slotcast.it.handover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.history.DeliveryCount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** ioredis with {@code shardedSubscribers}, in a process of Node.js; it subscribes by itself. */
final class IoredisSubscriber implements ShardSubscriber {
  /** Where {@code .ci/run} puts the package. */
  private static final Path MODULES = Path.of("target", "ioredis", "node_modules").toAbsolutePath();

  private final Cluster cluster;
  private final String channel;
  private final Path folder;
  private final Path seen;
  private @Nullable Process process;

  IoredisSubscriber(Cluster cluster, String channel, Path folder) {
    this.cluster = cluster;
    this.channel = channel;
    this.folder = folder;
    this.seen = folder.resolve("seen.txt");
  }

  static boolean isThere() {
    return Files.isDirectory(MODULES.resolve("ioredis"));
  }

  @Override
  public void subscribe() throws IOException {
    Path script = folder.resolve("subscriber.js");
    try (InputStream source = getClass().getResourceAsStream("/ioredis/subscriber.js")) {
      Files.copy(Objects.requireNonNull(source), script, StandardCopyOption.REPLACE_EXISTING);
    }
    String ports = cluster.ports().stream().map(String::valueOf).collect(Collectors.joining(","));
    ProcessBuilder builder =
        new ProcessBuilder(List.of("node", script.toString(), ports, channel))
            .redirectErrorStream(true)
            .redirectOutput(seen.toFile());
    builder.environment().put("NODE_PATH", MODULES.toString());
    process = builder.start();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.readString(seen, UTF_8).contains("subscribed"));
  }

  @Override
  public DeliveryCount heard() throws IOException {
    DeliveryCount count = new DeliveryCount();
    for (String line : Files.readAllLines(seen, UTF_8)) {
      if (line.startsWith("heard ")) {
        count.add(Long.parseLong(line.substring("heard ".length())));
      }
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    Process started = process;
    if (started != null) {
      started.getOutputStream().close();
      started.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
  }
}
