package io.slotcast.broker.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import io.slotcast.broker.peer.FakePeer.Frame;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Topology;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node whose peer sends what it should not: the link ends, and the node goes on. */
class MalformedFramesTest {
  private static final String SECRET = "the cluster's";
  private static final int LINKS = 300;

  /** The lowest of all, so that it is the one to dial. */
  private static final NodeId PEER = new NodeId("0".repeat(40));

  private static SingleNode node;
  private static NodeId self;
  private static RespConnection client;

  @BeforeAll
  static void start() {
    node = SingleNode.start("--cluster-secret", SECRET, "--cluster-node-timeout", "500");
    Topology alone = node.membership().current();
    self = node.membership().self().id();
    Node peer = Node.plain(PEER, "127.0.0.1", 1);
    node.membership()
        .change(
            new Topology(2, List.of(node.membership().self(), peer), alone.shards(), List.of()));
    client = node.connect();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static FakePeer linked() {
    return FakePeer.linked(node.port(), PEER, self, SECRET);
  }

  private static void assertThatTheNodeGoesOn() {
    assertThat(client.line("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void aPeerThatProvesTheSecretIsHeard() {
    RespConnection subscriber = node.connect();
    subscriber.send("SUBSCRIBE", "news");
    try (FakePeer peer = linked()) {
      // Until this is said the subscription waits: its peer might route by interest.
      peer.sendFrame(FrameKind.INTEREST_MODE, new byte[8]);
      subscriber.read();
      peer.sendMessage(FrameKind.PUBLISH, "news", "hello");
      assertThat(subscriber.read()).endsWith("$4\r\nnews\r\n$5\r\nhello\r\n");
    }
  }

  @Test
  void framesThatComeInPiecesAreHeard() {
    RespConnection subscriber = node.connect();
    subscriber.call("SSUBSCRIBE", "news");
    try (FakePeer peer = linked()) {
      byte[] frame = {0, 0, 0, 8, 17, 4, 'n', 'e', 'w', 's', 'h', 'i'};
      for (byte b : frame) {
        peer.send(new byte[] {b});
      }
      assertThat(subscriber.read()).endsWith("$4\r\nnews\r\n$2\r\nhi\r\n");
    }
  }

  @Test
  void aPeerThatDoesNotKnowTheSecretIsNot() {
    try (FakePeer peer = FakePeer.sayingHello(node.port(), PEER, self)) {
      peer.prove(new PeerSecret("a guess"));
      assertThat(peer.isClosedByNode()).isTrue();
    }
    assertThatTheNodeGoesOn();
  }

  @Test
  void aPeerThatSkipsItsProofIsNotHeard() {
    RespConnection subscriber = node.connect();
    subscriber.call("SSUBSCRIBE", "news");
    for (FrameKind kind : FrameKind.values()) {
      if (kind != FrameKind.PROOF) {
        try (FakePeer peer = FakePeer.sayingHello(node.port(), PEER, self)) {
          peer.sendMessage(kind, "news", "forged");
          assertThat(peer.isClosedByNode()).as("%s instead of the proof", kind).isTrue();
        }
      }
    }
    client.call("SPUBLISH", "news", "real");
    assertThat(subscriber.read()).endsWith("$4\r\nreal\r\n");
  }

  @Test
  void aFrameTooLargeForAHandshakeEndsIt() {
    try (FakePeer peer = FakePeer.sayingHello(node.port(), PEER, self)) {
      peer.sendFrame(FrameKind.PROOF, new byte[FrameReader.MAX_HANDSHAKE_LENGTH]);
      assertThat(peer.isClosedByNode()).isTrue();
    }
  }

  @Test
  void whatIsNoFrameEndsTheLink() {
    List<byte[]> malformed =
        List.of(
            new byte[] {0, 0, 0, 0, 1},
            new byte[] {-1, -1, -1, -1, 1},
            new byte[] {127, -1, -1, -1, 16},
            new byte[] {0, 0, 0, 1, 0},
            new byte[] {0, 0, 0, 1, -1},
            new byte[] {0, 0, 0, 1, 16},
            new byte[] {0, 0, 0, 3, 16, 9, 'x'},
            new byte[] {0, 0, 0, 2, 33, 0},
            new byte[] {0, 0, 0, 9, 33, 0, 0, 0, 0, 0, 0, 0, 0});
    for (byte[] bytes : malformed) {
      try (FakePeer peer = linked()) {
        peer.send(bytes);
        assertThat(peer.isClosedByNode()).as("%s", bytes).isTrue();
      }
      assertThatTheNodeGoesOn();
    }
  }

  @Test
  void aHandshakeBehindTheHandshakeEndsTheLink() {
    for (FrameKind kind : List.of(FrameKind.CHALLENGE, FrameKind.PROOF, FrameKind.READY)) {
      try (FakePeer peer = linked()) {
        peer.sendFrame(kind, new byte[PeerSecret.NONCE + PeerSecret.PROOF]);
        assertThat(peer.isClosedByNode()).as("%s", kind).isTrue();
      }
    }
  }

  @Test
  void randomFramesEndTheLinkOrAreTaken() {
    Random random = new Random(7);
    FrameKind[] kinds = FrameKind.values();
    for (int i = 0; i < LINKS; i++) {
      try (FakePeer peer = linked()) {
        for (int k = random.nextInt(10); k >= 0; k--) {
          byte[] body = new byte[random.nextInt(60)];
          random.nextBytes(body);
          peer.sendFrame(kinds[random.nextInt(kinds.length)], body);
        }
        byte[] end = new byte[random.nextInt(20)];
        random.nextBytes(end);
        if (end.length >= 4) {
          ByteBuffer.wrap(end).putInt(random.nextInt(30));
        }
        peer.send(end).endOutput();
        assertThat(peer.isClosedByNode()).as("link number %d", i).isTrue();
      }
      assertThatTheNodeGoesOn();
    }
    assertThatTheNextLinkWorks();
  }

  private static void assertThatTheNextLinkWorks() {
    try (FakePeer peer = linked()) {
      peer.sendFrame(FrameKind.PING);
      Frame frame = peer.read();
      while (frame.kind() != FrameKind.PONG) {
        frame = peer.read();
      }
      assertThat(frame.body()).isEmpty();
    }
  }
}
