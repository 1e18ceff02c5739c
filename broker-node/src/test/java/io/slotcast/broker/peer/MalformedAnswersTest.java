package io.slotcast.broker.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.SingleNode;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Topology;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A node dials a peer that answers nonsense: it gives that connection up, and dials again. */
class MalformedAnswersTest {
  /** The highest of all, so that it is the one to be dialled. */
  private static final NodeId PEER = new NodeId("f".repeat(40));

  private static final int TIMEOUT_MILLIS = 10_000;

  @Test
  void eachConnectionIsGivenUpAndAnotherOneDialled() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        SingleNode node = SingleNode.start()) {
      listener.setSoTimeout(TIMEOUT_MILLIS);
      Node peer = Node.plain(PEER, "127.0.0.1", listener.getLocalPort());
      Topology alone = node.membership().current();
      List<Node> nodes = List.of(node.membership().self(), peer);
      node.membership().change(new Topology(2, nodes, alone.shards(), List.of()));

      for (byte[] answer : answers()) {
        try (Socket dialled = listener.accept()) {
          dialled.setSoTimeout(TIMEOUT_MILLIS);
          dialled.getOutputStream().write(answer);
          assertThat(isClosed(dialled)).as("after %s", answer).isTrue();
        }
      }
      assertThat(node.connect().line("PING")).isEqualTo("+PONG\r\n");
    }
  }

  private static List<byte[]> answers() {
    List<byte[]> answers = new ArrayList<>();
    answers.add("-ERR unknown node\r\n".getBytes(StandardCharsets.US_ASCII));
    answers.add("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    // READY before any challenge, a challenge that is too short, one that proves nothing.
    answers.add(new byte[] {0, 0, 0, 1, 3});
    answers.add(new byte[] {0, 0, 0, 2, 1, 0});
    byte[] challenge = new byte[4 + 1 + PeerSecret.NONCE + PeerSecret.PROOF];
    challenge[3] = (byte) (challenge.length - 4);
    challenge[4] = 1;
    answers.add(challenge);
    Random random = new Random(8);
    for (int i = 0; i < 5; i++) {
      byte[] bytes = new byte[100];
      random.nextBytes(bytes);
      bytes[0] = 1;
      answers.add(bytes);
    }
    return answers;
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketException reset) {
      return true;
    }
  }
}
