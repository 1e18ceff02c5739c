package io.slotcast.broker.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.router.NodeId;

/** The called side of a link; see {@link DialerHandshake}. It begins after the hello. */
final class AcceptorHandshake extends FrameHandler {
  private final PeerLink link;
  private final PeerSecret secret;
  private final NodeId self;
  private final byte[] theirNonce;
  private final byte[] nonce;

  AcceptorHandshake(IoLoop loop, PeerLink link, PeerSecret secret, NodeId self, byte[] theirNonce) {
    super(loop, FrameReader.MAX_HANDSHAKE_LENGTH);
    this.link = link;
    this.secret = secret;
    this.self = self;
    this.theirNonce = theirNonce;
    this.nonce = secret.newNonce();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    byte[] proof = secret.proof(PeerSecret.Side.ACCEPTOR, link.peer(), self, theirNonce, nonce);
    byte[] challenge = new byte[PeerSecret.NONCE + PeerSecret.PROOF];
    System.arraycopy(nonce, 0, challenge, 0, PeerSecret.NONCE);
    System.arraycopy(proof, 0, challenge, PeerSecret.NONCE, PeerSecret.PROOF);
    send(context, FrameKind.CHALLENGE, challenge);
  }

  @Override
  void onFrame(ChannelHandlerContext context, FrameReader frame, int size) throws FrameException {
    if (frame.kind() != FrameKind.PROOF) {
      throw new FrameException(frame.kind() + " during the handshake");
    }
    byte[] expected = secret.proof(PeerSecret.Side.DIALER, link.peer(), self, theirNonce, nonce);
    if (!PeerSecret.isEqual(frame.body(), expected)) {
      throw new FrameException("the peer does not know this cluster's secret");
    }
    send(context, FrameKind.READY, new byte[0]);
    link.connected(context, loop(), this);
  }

  private void send(ChannelHandlerContext context, FrameKind kind, byte[] body) {
    FrameWriter writer = new FrameWriter(loop().frame());
    writer.bytes(kind, body);
    ByteBuf frame = Unpooled.copiedBuffer(writer.array(), 0, writer.length());
    context.writeAndFlush(frame);
  }
}
