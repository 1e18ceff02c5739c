package io.slotcast.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slotcast.testkit.Cluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisCliTest {
  @BeforeAll
  static void needsRedisCli() throws Exception {
    boolean there;
    try {
      there = new ProcessBuilder("redis-cli", "--version").start().waitFor() == 0;
    } catch (IOException notFound) {
      there = false;
    }
    assumeTrue(there, "redis-cli is not on the path: package redis-tools has it");
  }

  private static String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("redis-cli"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @ParameterizedTest
  @EnumSource
  void inClusterModeItFollowsRedirects(Deployment deployment) throws Exception {
    Cluster cluster = deployment.cluster();
    for (int i = 0; i < 6; i++) {
      String port = Integer.toString(cluster.port(i));
      assertThat(run("-c", "-p", port, "set", "cli:" + i, "v" + i).strip()).isEqualTo("OK");
      assertThat(run("-c", "-p", port, "get", "cli:" + i).strip()).isEqualTo("v" + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsClusterCheckFindsNothingWrong(Deployment deployment) throws Exception {
    String node = "127.0.0.1:" + deployment.cluster().port(0);

    assertThat(run("--cluster", "check", node))
        .contains("[OK] All nodes agree about slots configuration.")
        .contains("[OK] All 16384 slots covered.")
        .doesNotContain("[ERR]")
        .doesNotContain("[WARNING]");
    assertThat(run("--cluster", "info", node)).contains("in 3 masters.");
  }
}
