package io.slotcast.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.PublishRouting;
import io.slotcast.broker.config.SeedAddress;
import io.slotcast.broker.config.ServerConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevClusterPlanTest {
  @Test
  void eachNodeKnowsAllOthersAndHowManyThereAre() throws Exception {
    List<ServerConfig> configs = new DevClusterPlan(3, 1, 7001, null, List.of()).configs();

    assertThat(configs).hasSize(6);
    ServerConfig last = configs.getLast();
    assertThat(last.get(Directives.PORT)).isEqualTo(7006);
    assertThat(last.busPort()).isEqualTo(17_006);
    assertThat(last.initialNodes()).isEqualTo(6);
    assertThat(last.get(Directives.CLUSTER_REPLICAS)).isEqualTo(1);
    assertThat(last.get(Directives.CLUSTER_SEEDS))
        .hasSize(6)
        .contains(new SeedAddress("127.0.0.1", 7001, 17_001));
  }

  @Test
  void withoutAFolderNothingIsKept() throws Exception {
    ServerConfig config = new DevClusterPlan(1, 0, 7001, null, List.of()).configs().getFirst();

    assertThat(config.dataFolder()).isEmpty();
  }

  @Test
  void eachNodeHasItsOwnFolder(@TempDir Path folder) throws Exception {
    List<ServerConfig> configs = new DevClusterPlan(2, 0, 7001, folder, List.of()).configs();

    assertThat(configs.get(0).dataFolder()).contains(folder.resolve("7001"));
    assertThat(configs.get(1).dataFolder()).contains(folder.resolve("7002"));
  }

  @Test
  void directivesReachAllNodes() throws Exception {
    List<String> directives = List.of("--publish-routing", "interest", "--bind", "127.0.0.2");

    assertThat(new DevClusterPlan(2, 0, 7001, null, directives).configs())
        .allSatisfy(
            config -> {
              assertThat(config.get(Directives.PUBLISH_ROUTING)).isEqualTo(PublishRouting.INTEREST);
              assertThat(config.get(Directives.BIND)).containsExactly("127.0.0.2");
            });
  }

  @Test
  void aPasswordBringsOneSecretForAllNodes() throws Exception {
    List<ServerConfig> configs =
        new DevClusterPlan(2, 0, 7001, null, List.of("--requirepass", "x")).configs();

    String secret = configs.getFirst().get(Directives.CLUSTER_SECRET);
    assertThat(secret).hasSize(64);
    assertThat(configs.getLast().get(Directives.CLUSTER_SECRET)).isEqualTo(secret);
  }

  @Test
  void whatIsOfEachNodeIsRefused() {
    assertThatThrownBy(
            () -> new DevClusterPlan(3, 1, 7001, null, List.of("--Cluster-Seeds", "a:1")).configs())
        .hasMessage("--Cluster-Seeds is set by dev-cluster, for each node");
    assertThatThrownBy(() -> new DevClusterPlan(0, 1, 7001, null, List.of()).configs())
        .hasMessage("a cluster has at least one primary, and at most 1000 nodes in all");
    assertThatThrownBy(() -> new DevClusterPlan(3, 1, 45_535, null, List.of()).configs())
        .hasMessage("--port: from 1 to 45530, since admin ports are 20000 above");
  }
}
