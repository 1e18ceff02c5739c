package io.slotcast.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and options, read as redis-server reads them, and the one line that says what is wrong. */
class ConfigFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "foo 1 | unknown directive 'foo'",
        "Port abc | port: argument couldn't be parsed into an integer",
        "port 70000 | port: argument must be between 0 and 65535 inclusive",
        "port | port: wrong number of arguments",
        "port 1 2 | port: wrong number of arguments",
        "dir \"/a | unbalanced quotes",
        "cluster-enabled no | cluster-enabled: argument must be 'yes': every node is a cluster's,"
            + " if of one node",
        "cluster-seeds localhost | cluster-seeds: 'localhost' is not host:port or"
            + " host:port@bus-port",
        "cluster-seeds a:60000 | cluster-seeds: 'a:60000' is not host:port or host:port@bus-port",
        "tls-protocols SSLv3 | tls-protocols: argument(s) must be one of the following: TLSv1.2,"
            + " TLSv1.3",
        "cluster-lease-ms 6000 | cluster-lease-ms: argument must be between 100 and 5000 inclusive",
        "rename-command CONFIG x | unknown directive 'rename-command'",
      })
  void aBadLineIsNamedByFileAndNumber(String line, String message) throws Exception {
    Path file = write("slotcast.conf", "# a comment\n\n" + line);

    assertThatThrownBy(() -> ServerConfig.load(file, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ":3: " + message);
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("none.conf");

    assertThatThrownBy(() -> ServerConfig.load(file, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": no such file");
  }

  @Test
  void aBadOptionIsNamedAsItWasGiven() {
    assertThatThrownBy(() -> ServerConfig.of("--port", "7001", "--foo", "1"))
        .hasMessage("--foo: unknown directive 'foo'");
    assertThatThrownBy(() -> ServerConfig.of("--maxclients", "0"))
        .hasMessage("--maxclients: argument must be between 1 and 4294967295 inclusive");
    assertThatThrownBy(() -> ServerConfig.of("--port"))
        .hasMessage("--port: wrong number of arguments");
    assertThatThrownBy(() -> ServerConfig.of("7001"))
        .hasMessage("'7001' does not belong to any --directive");
  }

  @Test
  void aListIsGivenAsWordsOrAsOneQuotedWord() throws Exception {
    assertThat(ServerConfig.of("--bind", "127.0.0.1", "-::1").get(Directives.BIND))
        .isEqualTo(ServerConfig.of("--bind", "127.0.0.1 -::1").get(Directives.BIND))
        .containsExactly("127.0.0.1", "-::1");
  }

  @Test
  void anOptionAndItsValueMayBeOneArgument() throws Exception {
    assertThat(ServerConfig.of("--port 7001").get(Directives.PORT)).isEqualTo(7001);
  }

  @Test
  void theWordAfterAnOptionIsItsValueEvenWithDashes() throws Exception {
    assertThat(
            ServerConfig.of("--cluster-secret", "s", "--requirepass", "--port")
                .get(Directives.REQUIREPASS))
        .isEqualTo("--port");
  }

  @Test
  void saveMayStandAloneForNoSavePoints() throws Exception {
    ServerConfig config = ServerConfig.of("--save", "--port", "7001");

    assertThat(config.get(Directives.PORT)).isEqualTo(7001);
    assertThat(config.matching(List.of("save"), (pattern, name) -> false))
        .containsEntry("save", "");
  }

  @Test
  void linesOnSavePointsAddUpAndBufferLimitsKeepTheOtherClasses() throws Exception {
    Path file =
        write(
            "a.conf",
            """
            save 900 1
            save 300 10
            client-output-buffer-limit pubsub 1mb 512kb 5
            """);

    ServerConfig config = ServerConfig.load(file, List.of());

    assertThat(config.matching(List.of("save"), (pattern, name) -> false))
        .containsEntry("save", "900 1 300 10");
    assertThat(config.get(Directives.CLIENT_OUTPUT_BUFFER_LIMIT))
        .isEqualTo(
            new OutputBufferLimits(
                OutputBufferLimits.DEFAULT.normal(),
                OutputBufferLimits.DEFAULT.replica(),
                new OutputBufferLimits.Limit(1 << 20, 512 << 10, Duration.ofSeconds(5))));
  }

  @Test
  void includedFilesAreReadWhereTheyAreNamed() throws Exception {
    write("conf.d-b.conf", "timeout 2");
    write("conf.d-a.conf", "timeout 1\nmaxclients 7");
    Path file =
        write("a.conf", "maxclients 5\ninclude " + folder + "/conf.d-*.conf\ntcp-backlog 9");

    ServerConfig config = ServerConfig.load(file, List.of());

    assertThat(config.get(Directives.TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.get(Directives.MAXCLIENTS)).isEqualTo(7);
    assertThat(config.get(Directives.TCP_BACKLOG)).isEqualTo(9);
  }

  @Test
  void aBadLineOfAnIncludedFileIsNamedThere() throws Exception {
    Path included = write("b.conf", "foo 1");
    Path file = write("a.conf", "include " + included);

    assertThatThrownBy(() -> ServerConfig.load(file, List.of()))
        .hasMessage(included + ":1: unknown directive 'foo'");
  }

  @Test
  void filesThatIncludeEachOtherAreRefused() throws Exception {
    Path file = write("a.conf", "include " + folder.resolve("a.conf"));

    assertThatThrownBy(() -> ServerConfig.load(file, List.of()))
        .hasMessage(file + ":1: include: files include each other without end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port 0 | port and tls-port are both 0, so no client could connect",
        "--port 7001 --tls-port 7001 | port and tls-port are both 7001",
        "--port 60000 | cluster-port would be 70000, past 65535: give it, or a lower client port",
        "--port 50000 | admin-port would be 70000, past 65535: give it, or a lower client port",
        "--port 0 --tls-port 7001 --tls-cert-file c --tls-key-file k --cluster-initial-nodes 2"
            + " | port 0 is for a node alone: the nodes of a cluster link to each other's port",
        "--tls-port 7002 | tls-port needs tls-cert-file and tls-key-file",
        "--requirepass x | requirepass needs cluster-secret, the same on each node of the cluster",
        "--protected-mode yes | protected-mode yes needs requirepass, or loopback addresses alone in"
            + " bind",
        "--protected-mode yes --bind 127.0.0.1 10.0.0.1 | protected-mode yes needs requirepass, or"
            + " loopback addresses alone in bind",
      })
  void directivesAtOddsAreNamed(String options, String message) {
    assertThatThrownBy(() -> ServerConfig.of(options.split(" ")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void protectedModeIsTakenWhereItHolds() throws Exception {
    assertThat(
            ServerConfig.of("--protected-mode", "yes", "--bind", "127.0.0.1", "-::1")
                .get(Directives.PROTECTED_MODE))
        .isTrue();
    assertThat(
            ServerConfig.of(
                    "--protected-mode", "yes", "--requirepass", "x", "--cluster-secret", "y")
                .get(Directives.PROTECTED_MODE))
        .isTrue();
  }

  @Test
  void directivesWithoutEffectThatWereGivenAreTold() throws Exception {
    ServerConfig config = ServerConfig.of("--pidfile", "a", "--hz", "10", "--port", "7001");

    assertThat(config.givenWithoutEffect()).containsExactly("pidfile");
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }
}
