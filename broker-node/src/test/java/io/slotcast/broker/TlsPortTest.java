package io.slotcast.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.net.tls.TestCertificates;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of {@code tls-port}, with certificates and without. */
class TlsPortTest {
  @TempDir private static Path folder;

  private static TestCertificates certificates;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeAll
  static void makeCertificates() {
    certificates = TestCertificates.in(folder);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private SingleNode start(String... directives) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--tls-cert-file",
                certificates.certificate("server").toString(),
                "--tls-key-file",
                certificates.key("server").toString(),
                "--tls-ca-cert-file",
                certificates.authority().toString()));
    all.addAll(Arrays.asList(directives));
    SingleNode node = SingleNode.startWithTls(all.toArray(String[]::new));
    opened.add(node);
    return node;
  }

  private SSLSocket socket(SingleNode node, SSLContext context, String... protocols)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", node.node().tlsPort());
    opened.add(socket);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    return socket;
  }

  private RespConnection connect(SingleNode node, SSLContext context, String... protocols)
      throws IOException {
    return RespConnection.over(socket(node, context, protocols));
  }

  @Test
  void commandsAndMessagesGoThroughTls() throws IOException {
    SingleNode node = start("--tls-auth-clients", "no");
    RespConnection subscriber = connect(node, certificates.client(null));
    assertThat(subscriber.line("SUBSCRIBE news")).contains("subscribe");
    RespConnection publisher = node.connect();
    assertThat(publisher.line("PUBLISH news hello")).isEqualTo(":1\r\n");
    assertThat(subscriber.read()).endsWith("$4\r\nnews\r\n$5\r\nhello\r\n");
  }

  @Test
  void largePayloadsAndPipelinesGoThroughTls() throws IOException {
    SingleNode node = start("--tls-auth-clients", "no");
    RespConnection client = connect(node, certificates.client(null));
    String large = "x".repeat(1 << 20);
    assertThat(client.call("ECHO", large)).isEqualTo("$1048576\r\n" + large + "\r\n");
    for (int i = 0; i < 1_000; i++) {
      client.send("ECHO", Integer.toString(i));
    }
    for (int i = 0; i < 1_000; i++) {
      assertThat(Reply.parse(client.read()).text()).isEqualTo(Integer.toString(i));
    }
    assertThat(client.line("SUBSCRIBE large")).contains("subscribe");
    assertThat(node.connect().call("PUBLISH", "large", large)).isEqualTo(":1\r\n");
    assertThat(client.read()).endsWith("$1048576\r\n" + large + "\r\n");
  }

  @Test
  void bothPortsAreOpenSideBySide() throws IOException {
    SingleNode node = start("--tls-auth-clients", "no");
    assertThat(node.connect().line("PING")).isEqualTo("+PONG\r\n");
    assertThat(connect(node, certificates.client(null)).line("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void bothVersionsAreSpokenUnlessOneIsLeftOut() throws IOException {
    SingleNode node = start("--tls-auth-clients", "no");
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      SSLSocket socket = socket(node, certificates.client(null), version);
      assertThat(RespConnection.over(socket).line("PING")).isEqualTo("+PONG\r\n");
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
    SingleNode newest = start("--tls-auth-clients", "no", "--tls-protocols", "TLSv1.3");
    assertThatThrownBy(() -> socket(newest, certificates.client(null), "TLSv1.2").startHandshake())
        .isInstanceOf(IOException.class);
  }

  @Test
  void byDefaultAClientShowsACertificateOfTheAuthority() throws IOException {
    SingleNode node = start();
    assertThat(connect(node, certificates.client("client")).line("PING")).isEqualTo("+PONG\r\n");
    assertIsRefused(node, certificates.client(null));
    assertIsRefused(node, certificates.client("stranger"));
  }

  @Test
  void anOptionalCertificateIsCheckedWhereOneIsShown() throws IOException {
    SingleNode node = start("--tls-auth-clients", "optional");
    assertThat(connect(node, certificates.client(null)).line("PING")).isEqualTo("+PONG\r\n");
    assertThat(connect(node, certificates.client("client")).line("PING")).isEqualTo("+PONG\r\n");
    assertIsRefused(node, certificates.client("stranger"));
  }

  /** In TLS 1.3 a client learns of a refused certificate only after its first request. */
  private void assertIsRefused(SingleNode node, SSLContext context) {
    assertThatThrownBy(() -> connect(node, context).line("PING"))
        .isInstanceOfAny(IOException.class, UncheckedIOException.class);
  }

  @Test
  void aClientThatSpeaksPlainlyIsDisconnected() {
    SingleNode node = start("--tls-auth-clients", "no");
    RespConnection plain = RespConnection.to(node.node().tlsPort());
    plain.sendRaw("*1\r\n$4\r\nPING\r\n");
    // An alert may come first.
    assertThatThrownBy(plain::read).isInstanceOf(UncheckedIOException.class);
    plain.close();
    assertThat(node.connect().line("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void redirectsNameThePortOfTheKindThatTheClientUses() throws IOException {
    SingleNode node = start("--tls-auth-clients", "no");
    Node self = node.membership().self();
    Node other = new Node(NodeId.random(new Random(3)), "127.0.0.9", "", 1, 2, 3, "", 1);
    Shard shard = node.membership().current().shards().iterator().next();
    node.membership()
        .change(
            new Topology(
                2,
                List.of(self, other),
                List.of(new Shard(shard.id(), other.id(), List.of(), SlotSet.all(), shard.epoch())),
                List.of()));
    assertThat(node.connect().line("GET a")).isEqualTo("-MOVED 15495 127.0.0.9:1\r\n");
    RespConnection encrypted = connect(node, certificates.client(null));
    assertThat(encrypted.line("GET a")).isEqualTo("-MOVED 15495 127.0.0.9:2\r\n");
    assertThat(encrypted.line("CLUSTER SLOTS")).contains(":2\r\n").doesNotContain(":1\r\n");
  }

  @Test
  void aRenewedCertificateIsUsedForNewConnections() throws Exception {
    SingleNode node = start("--tls-auth-clients", "no");
    SSLContext client = certificates.client(null);
    RespConnection before = connect(node, client);
    assertThat(before.line("PING")).isEqualTo("+PONG\r\n");
    RespConnection admin = node.connect();
    assertThat(
            admin.call(
                "CONFIG",
                "SET",
                "tls-cert-file",
                certificates.certificate("renewed").toString(),
                "tls-key-file",
                certificates.key("renewed").toString()))
        .isEqualTo("+OK\r\n");
    SSLSocket after = socket(node, client);
    assertThat(RespConnection.over(after).line("PING")).isEqualTo("+PONG\r\n");
    X509Certificate shown = (X509Certificate) after.getSession().getPeerCertificates()[0];
    assertThat(shown.getSubjectX500Principal().getName()).isEqualTo("CN=renewed");
    assertThat(before.line("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void aCertificateThatCannotBeUsedIsRefusedAndTheOldOneStays() throws IOException {
    SingleNode node = start("--tls-auth-clients", "no");
    RespConnection admin = node.connect();
    String before = admin.line("CONFIG GET tls-key-file");
    Path wrong = certificates.key("client");
    assertThat(admin.call("CONFIG", "SET", "tls-key-file", wrong.toString()))
        .startsWith("-ERR CONFIG SET failed (possibly related to argument 'tls-key-file') - ")
        .contains("is not the key of");
    assertThat(admin.line("CONFIG GET tls-key-file")).isEqualTo(before);
    assertThat(connect(node, certificates.client(null)).line("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void theSameFileNameAgainReadsTheFileAgain() throws Exception {
    SingleNode node = start("--tls-auth-clients", "no");
    Path certificate = certificates.certificate("server");
    Path key = certificates.key("server");
    Files.copy(
        certificates.certificate("renewed"), certificate, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(certificates.key("renewed"), key, StandardCopyOption.REPLACE_EXISTING);
    assertThat(node.connect().call("CONFIG", "SET", "tls-cert-file", certificate.toString()))
        .isEqualTo("+OK\r\n");
    SSLSocket after = socket(node, certificates.client(null));
    after.startHandshake();
    X509Certificate shown = (X509Certificate) after.getSession().getPeerCertificates()[0];
    assertThat(shown.getSubjectX500Principal().getName()).isEqualTo("CN=renewed");
  }

  @Test
  void aNodeAloneMayHaveTlsOnly() throws IOException {
    SingleNode node = start("--tls-auth-clients", "no", "--port", "0");
    assertThat(connect(node, certificates.client(null)).line("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void aCertificateThatCannotBeReadKeepsTheNodeFromStarting() throws Exception {
    ServerConfig config =
        ServerConfig.of(
            "--port",
            "0",
            "--tls-port",
            "7443",
            "--tls-cert-file",
            "/no/such.crt",
            "--tls-key-file",
            "/no/such.key",
            "--dir",
            "");
    assertThatThrownBy(() -> BrokerNode.start(config))
        .isInstanceOf(StartupException.class)
        .hasMessage("tls-cert-file /no/such.crt: no such file");
  }
}
