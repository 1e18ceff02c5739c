package io.slotcast.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.testkit.Cluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Celery on six nodes. kombu's transport speaks to one node, so all keys of its queues have one
 * hash tag and it is told that slot's owner; results come back as messages, by queues of the same
 * tag.
 */
@Timeout(60)
class CeleryTest {
  /** Debian's, for which python3-celery installs its modules; not another one on the path. */
  private static final String PYTHON = "/usr/bin/python3";

  private static boolean isThere() throws InterruptedException {
    try {
      return new ProcessBuilder(PYTHON, "-c", "import celery, redis").start().waitFor() == 0;
    } catch (IOException notFound) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void tasksAreSentAndRunByAWorkerAndTheirResultsReadBack(
      Deployment deployment, @TempDir Path folder) throws Exception {
    assumeThat(isThere()).as("packages python3-celery and python3-redis").isTrue();
    try (InputStream tasks = CeleryTest.class.getResourceAsStream("/celery/tasks.py")) {
      Files.copy(Objects.requireNonNull(tasks), folder.resolve("tasks.py"));
    }
    String url = "redis://127.0.0.1:" + ownerOfQueues(deployment.cluster()) + "/0";
    Process worker =
        python(folder, url, "worker.log", "-m", "celery", "-A", "tasks", "worker", "-P", "solo");
    try {
      Process sender = python(folder, url, "sender.log", "tasks.py");
      boolean ended = sender.waitFor(25, TimeUnit.SECONDS);
      sender.destroyForcibly();
      String workerLog = Files.readString(folder.resolve("worker.log"), UTF_8);
      assertThat(ended).as("the sender ends; the worker printed %s", workerLog).isTrue();
      assertThat(Files.readAllLines(folder.resolve("sender.log"), UTF_8))
          .as("what the sender printed; the worker printed %s", workerLog)
          .containsExactly(
              "one: 42",
              "later: 3",
              "many: [0, 2, 4, 6, 8, 10, 12, 14, 16, 18]",
              "failed: on purpose");
    } finally {
      worker.destroy();
      boolean workerEnded = worker.waitFor(20, TimeUnit.SECONDS);
      worker.destroyForcibly();
      assertThat(workerEnded).as("the worker ends when it is told").isTrue();
    }
  }

  /** The port of the one node that has all keys of the queues, which share a hash tag. */
  private static int ownerOfQueues(Cluster cluster) {
    for (int node = 0; node < cluster.ports().size(); node++) {
      try (RespConnection connection = cluster.connect(node)) {
        if (!connection.call("EXISTS", "{celery}").isError()) {
          return cluster.port(node);
        }
      }
    }
    throw new IllegalStateException("no node owns the queues' slot");
  }

  private static Process python(Path folder, String url, String log, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log).toFile());
    builder.environment().put("SLOTCAST", url);
    return builder.start();
  }
}
