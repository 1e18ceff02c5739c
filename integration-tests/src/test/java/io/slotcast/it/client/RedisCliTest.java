package io.slotcast.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slotcast.testkit.Cluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisCliTest {
  @BeforeAll
  static void needsRedisCli() throws Exception {
    assumeTrue(RedisCli.isThere(), RedisCli.MISSING);
  }

  @ParameterizedTest
  @EnumSource
  void inClusterModeItFollowsRedirects(Deployment deployment) throws Exception {
    Cluster cluster = deployment.cluster();
    for (int i = 0; i < 6; i++) {
      String port = Integer.toString(cluster.port(i));
      assertThat(RedisCli.run("-c", "-p", port, "set", "cli:" + i, "v" + i).strip())
          .isEqualTo("OK");
      assertThat(RedisCli.run("-c", "-p", port, "get", "cli:" + i).strip()).isEqualTo("v" + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsClusterCheckFindsNothingWrong(Deployment deployment) throws Exception {
    String node = "127.0.0.1:" + deployment.cluster().port(0);

    assertThat(RedisCli.run("--cluster", "check", node))
        .contains("[OK] All nodes agree about slots configuration.")
        .contains("[OK] All 16384 slots covered.")
        .doesNotContain("[ERR]")
        .doesNotContain("[WARNING]");
    assertThat(RedisCli.run("--cluster", "info", node)).contains("in 3 masters.");
  }
}
