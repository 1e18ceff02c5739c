package io.slotcast.it.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.ClusterClient;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.ClusterProcesses;
import io.slotcast.testkit.chaos.EventLog;
import io.slotcast.testkit.chaos.Nemesis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operator restarts six nodes one after the other, and programs go on working. */
class RollingRestartTest {
  private static final Logger log = LoggerFactory.getLogger(RollingRestartTest.class);

  @Test
  void nothingThatWasAcknowledgedIsLost(@TempDir Path folder) throws Exception {
    EventLog events = new EventLog();
    ClusterPlan plan = ClusterPlan.sixNodes().with("min-replicas-to-ack", "1");
    try (ClusterProcesses cluster = ClusterProcesses.start(plan)) {
      Nemesis operator = new Nemesis(cluster, events);
      operator.awaitWhole();
      List<Application> applications = applications(cluster, folder);
      try {
        for (Application application : applications) {
          application.start();
        }
        for (int node = 0; node < cluster.ports().size(); node++) {
          events.add("restart of node " + node);
          cluster.node(node).terminate();
          cluster.node(node).restart();
          operator.awaitWhole();
        }
        List<Application.Report> reports = new ArrayList<>();
        for (Application application : applications) {
          Application.Report report = application.stop();
          events.add(application.name() + ": " + summary(report) + doubled(cluster, report));
          reports.add(report);
        }
        log.info("{}", events);
        reports.forEach(report -> checkStreams(cluster, report));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(events + cluster.logs(), e);
      } finally {
        applications.forEach(Application::close);
      }
    }
  }

  private static List<Application> applications(ClusterProcesses cluster, Path folder)
      throws InterruptedException {
    List<Application> applications = new ArrayList<>();
    applications.add(new JedisApplication(cluster));
    applications.add(new LettuceApplication(cluster));
    if (IoredisApplication.isThere()) {
      applications.add(new IoredisApplication(cluster, folder));
    } else {
      log.warn("No ioredis in this run: .ci/run installs it where npm is");
    }
    return applications;
  }

  private static void checkStreams(ClusterProcesses cluster, Application.Report report) {
    try (ClusterClient reader = reader(cluster)) {
      report
          .appended()
          .forEach(
              (stream, appended) ->
                  assertThat(values(reader, stream)).as(stream).containsAll(appended));
    }
  }

  /** A library that sends again what may have run doubles it: that is counted. */
  private static String doubled(ClusterProcesses cluster, Application.Report report) {
    try (ClusterClient reader = reader(cluster)) {
      long doubled =
          report.appended().keySet().stream()
              .map(stream -> values(reader, stream))
              .mapToLong(values -> values.size() - values.stream().distinct().count())
              .sum();
      return ", entries doubled " + doubled;
    }
  }

  private static ClusterClient reader(ClusterProcesses cluster) {
    return new ClusterClient(
        cluster.addresses(), Duration.ofSeconds(20), Duration.ofSeconds(5), new Random(1));
  }

  private static List<String> values(ClusterClient reader, String stream) {
    if (reader.call(stream, "XRANGE", stream, "-", "+")
        instanceof ClusterClient.Answer.Given given) {
      return given.last().items().stream()
          .map(entry -> entry.item(1).item(1))
          .map(RespValue::text)
          .toList();
    }
    throw new IllegalStateException(stream + " cannot be read");
  }

  private static String summary(Application.Report report) {
    return "appended %d, errors %d %s, sent %d, heard %d, missing %d, repeated %d"
        .formatted(
            report.appended().values().stream().mapToInt(List::size).sum(),
            report.errorCount(),
            report.errors(),
            report.sent().size(),
            report.heard().received(),
            report.heard().missing(report.sent()),
            report.heard().repeated());
  }
}
