package io.slotcast.it.rolling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.history.DeliveryCount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** On ioredis, in a process of Node.js that prints a line for each thing that it sees. */
final class IoredisApplication implements Application {
  /** Where {@code .ci/run} puts the package. */
  private static final Path MODULES = Path.of("target", "ioredis", "node_modules").toAbsolutePath();

  private final List<Integer> ports;
  private final Path folder;
  private final Path seen;
  private final List<Process> started = new ArrayList<>();

  IoredisApplication(Cluster cluster, Path folder) {
    this.ports = cluster.ports();
    this.folder = folder;
    this.seen = folder.resolve("ioredis.txt");
  }

  static boolean isThere() throws InterruptedException {
    try {
      return Files.isDirectory(MODULES.resolve("ioredis"))
          && new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException notFound) {
      return false;
    }
  }

  @Override
  public String name() {
    return "ioredis";
  }

  @Override
  public void start() throws IOException {
    Path script = folder.resolve("application.js");
    try (InputStream source = getClass().getResourceAsStream("/ioredis/application.js")) {
      Files.copy(Objects.requireNonNull(source), script);
    }
    List<String> command = new ArrayList<>(List.of("node", script.toString()));
    command.add(ports.stream().map(String::valueOf).collect(Collectors.joining(",")));
    command.add(Application.channel(name()));
    command.addAll(Application.streams(name()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(seen.toFile());
    builder.environment().put("NODE_PATH", MODULES.toString());
    started.add(builder.start());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Files.readString(seen, UTF_8).contains("subscribed"));
  }

  @Override
  public Report stop() throws IOException, InterruptedException {
    for (Process process : started) {
      process.getOutputStream().close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("node does not end: " + Files.readString(seen, UTF_8));
      }
    }
    Map<String, List<String>> appended = new HashMap<>();
    Map<String, Integer> errors = new TreeMap<>();
    List<Long> sent = new ArrayList<>();
    DeliveryCount heard = new DeliveryCount();
    for (String line : Files.readAllLines(seen, UTF_8)) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "appended" -> appended.computeIfAbsent(words[1], _ -> new ArrayList<>()).add(words[2]);
        case "sent" -> sent.add(Long.parseLong(words[1]));
        case "heard" -> heard.add(Long.parseLong(words[1]));
        case "subscribed" -> {}
        default -> errors.merge(line, 1, Integer::sum);
      }
    }
    return new Report(appended, errors, sent, heard);
  }

  @Override
  public void close() {
    started.forEach(Process::destroyForcibly);
  }
}
