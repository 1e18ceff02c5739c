package io.slotcast.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.broker.config.ServerConfig.Assignment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerConfigTest {
  @TempDir Path folder;

  @Test
  void aNodeWithoutFileAndOptionsHasTheDefaults() throws Exception {
    ServerConfig config = ServerConfig.of();

    assertThat(config.get(Directives.PORT)).isEqualTo(6379);
    assertThat(config.busPort()).isEqualTo(16_379);
    assertThat(config.adminPort()).isEqualTo(26_379);
    assertThat(config.initialNodes()).isEqualTo(1);
    assertThat(config.dataFolder()).contains(Path.of("").toAbsolutePath());
  }

  @Test
  void anOptionWinsOverTheFile() throws Exception {
    Path file = Files.writeString(folder.resolve("a.conf"), "port 7000\ntimeout 7\n");

    ServerConfig config =
        ServerConfig.load(
            file, List.of("--port", "7001", "--cluster-seeds", "127.0.0.1:7001", "[::1]:7002@9"));

    assertThat(config.get(Directives.PORT)).isEqualTo(7001);
    assertThat(config.get(Directives.TIMEOUT)).isEqualTo(Duration.ofSeconds(7));
    assertThat(config.get(Directives.CLUSTER_SEEDS))
        .containsExactly(
            new SeedAddress("127.0.0.1", 7001, 17_001), new SeedAddress("::1", 7002, 9));
    assertThat(config.initialNodes()).isEqualTo(2);
  }

  @Test
  void aChangeReachesItsListenersAndReaders() throws Exception {
    ServerConfig config = ServerConfig.of();
    var seen = new ArrayList<Long>();
    config.onChange(Directives.MAXCLIENTS, seen::add);

    config.set(List.of(new Assignment("MaxClients", "5"), new Assignment("timeout", "3")));

    assertThat(seen).containsExactly(5L);
    assertThat(config.get(Directives.MAXCLIENTS)).isEqualTo(5L);
    assertThat(config.get(Directives.TIMEOUT)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aRefusedValueLeavesAllAsItWas() throws Exception {
    ServerConfig config = ServerConfig.of();

    assertThatThrownBy(
            () ->
                config.set(
                    List.of(new Assignment("timeout", "3"), new Assignment("maxclients", "0"))))
        .isInstanceOf(ConfigSetException.class)
        .hasMessage(
            "ERR CONFIG SET failed (possibly related to argument 'maxclients') - argument must be"
                + " between 1 and 4294967295 inclusive");
    assertThat(config.get(Directives.TIMEOUT)).isEqualTo(Duration.ZERO);
  }
}
