package io.slotcast.broker.peer;

import io.slotcast.broker.pubsub.Message;
import io.slotcast.broker.resp.GrowingSink;
import io.slotcast.router.NodeId;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The other end of a link, which does what a test says. Reads give up after ten seconds. */
final class FakePeer implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  /** PEERLINK 1 id nonce, as an array of bulk strings. */
  private static final int HELLO_LENGTH =
      "*4||$8||PEERLINK||$1||1||$40||||$32||||".length() + 40 + 2 * PeerSecret.NONCE;

  private static final byte[] NONCE = new byte[PeerSecret.NONCE];

  /** A frame that came. */
  record Frame(FrameKind kind, byte[] body) {}

  private final Socket socket;
  private final DataInputStream in;
  private final NodeId self;
  private final NodeId other;
  private final FrameWriter writer = new FrameWriter(new GrowingSink(64));

  private FakePeer(Socket socket, NodeId self, NodeId other) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.self = self;
    this.other = other;
  }

  private static FakePeer of(Socket socket, NodeId self, NodeId other) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return new FakePeer(socket, self, other);
  }

  /** Connects, says hello, and no more. */
  static FakePeer sayingHello(int port, NodeId self, NodeId other) {
    try {
      FakePeer peer = of(new Socket(InetAddress.getLoopbackAddress(), port), self, other);
      String hello =
          "PEERLINK %s %s %s\r\n"
              .formatted(PeerLinks.VERSION, self.hex(), HexFormat.of().formatHex(NONCE));
      return peer.send(hello.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects and does the whole handshake. */
  static FakePeer linked(int port, NodeId self, NodeId other, String secret) {
    FakePeer peer = sayingHello(port, self, other);
    peer.prove(new PeerSecret(secret));
    if (peer.read().kind() != FrameKind.READY) {
      throw new IllegalStateException("the link was not accepted");
    }
    return peer;
  }

  /** Takes the call of a node and does the whole handshake, for a cluster without a secret. */
  static FakePeer called(ServerSocket listener, NodeId self, NodeId caller) {
    try {
      FakePeer peer = of(listener.accept(), self, caller);
      byte[] hello = new byte[HELLO_LENGTH];
      peer.in.readFully(hello);
      String text = new String(hello, StandardCharsets.US_ASCII).strip();
      byte[] theirNonce = HexFormat.of().parseHex(text.substring(text.lastIndexOf('\n') + 1));
      byte[] proof =
          new PeerSecret("").proof(PeerSecret.Side.ACCEPTOR, caller, self, theirNonce, NONCE);
      byte[] challenge = Arrays.copyOf(NONCE, NONCE.length + proof.length);
      System.arraycopy(proof, 0, challenge, NONCE.length, proof.length);
      peer.sendFrame(FrameKind.CHALLENGE, challenge);
      if (peer.read().kind() != FrameKind.PROOF) {
        throw new IllegalStateException("no proof came");
      }
      return peer.sendFrame(FrameKind.READY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers the challenge by a secret, right or wrong. */
  FakePeer prove(PeerSecret secret) {
    byte[] challenge = read().body();
    byte[] theirNonce = Arrays.copyOf(challenge, PeerSecret.NONCE);
    writer.bytes(
        FrameKind.PROOF, secret.proof(PeerSecret.Side.DIALER, self, other, NONCE, theirNonce));
    return sendWritten();
  }

  FakePeer sendFrame(FrameKind kind, byte... body) {
    writer.bytes(kind, body);
    return sendWritten();
  }

  FakePeer sendNumbered(FrameKind kind, long number, byte... body) {
    writer.numbered(kind, number, body);
    return sendWritten();
  }

  FakePeer sendMessage(FrameKind kind, String channel, String payload) {
    byte[] both = (channel + payload).getBytes(StandardCharsets.ISO_8859_1);
    writer.message(
        kind, new Message(both, 0, channel.length(), channel.length(), payload.length()));
    return sendWritten();
  }

  private FakePeer sendWritten() {
    return send(Arrays.copyOf(writer.array(), writer.length()));
  }

  /** Sends bytes as they are; drops them if the other side has closed. */
  FakePeer send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException closed) {
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Frame read() {
    try {
      byte[] body = new byte[in.readInt() - 1];
      FrameKind kind = FrameKind.of(in.readByte());
      in.readFully(body);
      if (kind == null) {
        throw new IllegalStateException("a frame of unknown kind");
      }
      return new Frame(kind, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the other side has closed, and drops what comes before. */
  boolean isClosedByNode() {
    try {
      while (true) {
        in.readByte();
      }
    } catch (EOFException | SocketException closed) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (SocketException closedByNode) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
