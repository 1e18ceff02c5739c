package io.slotcast.broker.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.router.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calling side of a link: says hello as a RESP command, {@code PEERLINK version id nonce}, and
 * speaks frames from then on: CHALLENGE comes, PROOF goes, READY comes. Both sides have proved the
 * cluster's secret before either takes a message from the other.
 */
final class DialerHandshake extends FrameHandler {
  private static final Logger log = LoggerFactory.getLogger(DialerHandshake.class);

  private final PeerLink link;
  private final PeerSecret secret;
  private final NodeId self;
  private final byte[] nonce;
  private boolean proved;

  DialerHandshake(IoLoop loop, PeerLink link, PeerSecret secret, NodeId self) {
    super(loop, FrameReader.MAX_HANDSHAKE_LENGTH);
    this.link = link;
    this.secret = secret;
    this.self = self;
    this.nonce = secret.newNonce();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    String hello =
        "*4\r\n$8\r\nPEERLINK\r\n"
            + bulk(PeerLinks.VERSION)
            + bulk(self.hex())
            + bulk(HexFormat.of().formatHex(nonce));
    context.writeAndFlush(Unpooled.copiedBuffer(hello, StandardCharsets.US_ASCII));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    // No frame begins so: it is an error reply, mostly since the peer has yet to learn of this
    // node.
    if (in.isReadable() && in.getByte(in.readerIndex()) == '-') {
      log.debug(
          "{} refused a link: {}", link.peer(), in.toString(StandardCharsets.US_ASCII).strip());
      in.release();
      context.close();
    } else {
      super.channelRead(context, message);
    }
  }

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  @Override
  void onFrame(ChannelHandlerContext context, FrameReader frame, int size) throws FrameException {
    switch (frame.kind()) {
      case CHALLENGE -> prove(context, frame.body());
      case READY -> {
        if (!proved) {
          throw new FrameException("READY before CHALLENGE");
        }
        link.connected(context, loop(), this);
      }
      default -> throw new FrameException(frame.kind() + " during the handshake");
    }
  }

  private void prove(ChannelHandlerContext context, byte[] challenge) throws FrameException {
    if (challenge.length != PeerSecret.NONCE + PeerSecret.PROOF) {
      throw new FrameException("a challenge of " + challenge.length + " bytes");
    }
    byte[] theirNonce = Arrays.copyOf(challenge, PeerSecret.NONCE);
    byte[] theirProof = Arrays.copyOfRange(challenge, PeerSecret.NONCE, challenge.length);
    byte[] expected = secret.proof(PeerSecret.Side.ACCEPTOR, self, link.peer(), nonce, theirNonce);
    if (!PeerSecret.isEqual(theirProof, expected)) {
      throw new FrameException("the peer does not know this cluster's secret");
    }
    proved = true;
    FrameWriter writer = new FrameWriter(loop().frame());
    writer.bytes(
        FrameKind.PROOF,
        secret.proof(PeerSecret.Side.DIALER, self, link.peer(), nonce, theirNonce));
    ByteBuf proof = Unpooled.copiedBuffer(writer.array(), 0, writer.length());
    context.writeAndFlush(proof);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    link.dialFailed();
  }
}
