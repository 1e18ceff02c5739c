package io.slotcast.broker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.SingleNode;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Topology;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a node says that clients may be sent to it. */
class ReadinessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private SingleNode node;
  private AdminClient admin;

  @BeforeEach
  void start() {
    node = SingleNode.start();
    admin = new AdminClient(node.adminPort());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void assertReady() {
    HttpResponse<String> answer = admin.get("/health/ready");
    assertThat(answer.body()).isEqualTo("{\"status\":\"ready\"}\n");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private void assertNotReady(String reason) {
    HttpResponse<String> answer = admin.get("/health/ready");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"not ready\",\"reasons\":[\"" + reason + "\"]}\n");
    assertThat(admin.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void aNodeThatServesItsSlotsIsReady() {
    assertReady();
    assertThat(node.node().ready()).succeedsWithin(PATIENCE);
  }

  @Test
  void aNodeWhoseLeaseLapsedIsNotReadyUntilItIsRenewed() {
    node.membership().serving(false);
    assertNotReady("no lease on this node's slots");
    node.membership().serving(true);
    assertReady();
  }

  @Test
  void aNodeWithoutALinkToALivePeerIsNotReady() {
    Topology alone = node.membership().current();
    Node peer = Node.plain(NodeId.random(new Random(7)), "127.0.0.1", 1);
    Node self = node.membership().self();
    node.membership().change(new Topology(2, List.of(self, peer), alone.shards(), alone.moves()));
    assertNotReady("no link to node " + peer.id().hex());
    node.membership().change(alone.withEpoch(3));
    assertReady();
  }

  @Test
  void aNodeThatWasRemovedIsNotReady() {
    node.membership().change(new Topology(2, List.of(), List.of(), List.of()));
    assertNotReady("this node is not in the topology");
  }

  @Test
  void aNodeThatKnowsNoClusterIsNotReady() {
    node.membership().change(Topology.empty());
    assertNotReady("no topology is known yet");
  }

  @Test
  void aNodeThatIsClosedBeforeItIsReadyNeverSaysSo() {
    CompletableFuture<Void> ready;
    try (SingleNode withoutLease = SingleNode.withoutLease()) {
      ready = withoutLease.node().ready().toCompletableFuture();
      assertThat(ready).isNotDone();
    }
    assertThat(ready).isCompletedExceptionally();
  }

  @Test
  void aNodeIsReadyOnceItsLeaseRuns() {
    try (SingleNode withoutLease = SingleNode.withoutLease()) {
      CompletableFuture<Void> ready = withoutLease.node().ready().toCompletableFuture();
      assertThat(ready).isNotDone();
      withoutLease.membership().serving(true);
      assertThat(ready).succeedsWithin(PATIENCE);
    }
  }
}
