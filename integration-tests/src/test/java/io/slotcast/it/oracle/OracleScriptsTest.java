package io.slotcast.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.slotcast.it.oracle.Step.Servers;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every case of {@code src/test/resources/oracle}, byte for byte: Slotcast must answer as it says,
 * and so must a real Redis, or the case itself is wrong.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleScriptsTest {
  private static final Path SCRIPTS = Path.of("src/test/resources/oracle");
  private static final Path DIFFERENCES = Path.of("../docs/differences.md");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private final Optional<String> noRedis = RedisServer.missing();

  /** By the directives that they run with. */
  private final Map<Map<String, String>, RedisServer> redis = new HashMap<>();

  private final Map<Map<String, String>, TestCluster> slotcast = new HashMap<>();

  @TestFactory
  Stream<DynamicNode> cases() throws IOException {
    return scripts().stream()
        .map(
            script ->
                dynamicContainer(
                    script.file(), script.cases().stream().flatMap(each -> runs(script, each))));
  }

  @Test
  void everyDifferenceIsInTheDocument() throws IOException {
    String document = Files.readString(DIFFERENCES).replaceAll("\\s+", " ");
    for (Script script : scripts()) {
      for (Case each : script.cases()) {
        assertThat(each.differs())
            .as("a case that differs says so, and no other: %s", each.name())
            .isEqualTo(!each.differences().isEmpty());
        each.differences().forEach(phrase -> assertThat(document).as(each.name()).contains(phrase));
      }
    }
  }

  private static List<Script> scripts() throws IOException {
    List<Script> scripts = new ArrayList<>();
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".resp")).sorted().toList()) {
        scripts.add(Script.read(file));
      }
    }
    return scripts;
  }

  private Stream<DynamicNode> runs(Script script, Case each) {
    return each.protocols().stream()
        .flatMap(
            protocol ->
                Stream.of(
                    dynamicTest(
                        "RESP" + protocol + ", Redis: " + each.name(),
                        () -> playToRedis(script, each, protocol)),
                    dynamicTest(
                        "RESP" + protocol + ", Slotcast: " + each.name(),
                        () -> playToSlotcast(script, each, protocol))));
  }

  private void playToRedis(Script script, Case each, int protocol) throws IOException {
    assumeTrue(noRedis.isEmpty(), noRedis.orElse(""));
    RedisServer server = redis.get(script.directives());
    if (server == null) {
      Path own = Files.createDirectory(folder.resolve("redis-" + redis.size()));
      server = RedisServer.start(own, script.directives());
      redis.put(script.directives(), server);
    }
    try (CaseRun run = new CaseRun(Servers.REDIS, server.port(), protocol)) {
      run.play(each);
    }
  }

  private void playToSlotcast(Script script, Case each, int protocol) {
    TestCluster node =
        slotcast.computeIfAbsent(script.directives(), OracleScriptsTest::startSlotcast);
    try (CaseRun run = new CaseRun(Servers.SLOTCAST, node.port(0), protocol)) {
      run.play(each);
    }
  }

  private static TestCluster startSlotcast(Map<String, String> directives) {
    // Without it a node takes no password.
    ClusterPlan plan = ClusterPlan.oneNode().with("cluster-secret", "of-the-nodes");
    for (Map.Entry<String, String> directive : directives.entrySet()) {
      plan = plan.with(directive.getKey(), directive.getValue());
    }
    return TestCluster.start(plan);
  }

  @AfterAll
  void stop() {
    redis.values().forEach(RedisServer::close);
    slotcast.values().forEach(TestCluster::close);
  }
}
