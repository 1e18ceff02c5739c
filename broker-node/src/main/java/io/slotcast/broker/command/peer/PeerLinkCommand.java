package io.slotcast.broker.command.peer;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.NO_AUTH;
import static io.slotcast.broker.command.CommandFlag.NO_MULTI;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.router.NodeId;
import java.util.HexFormat;

/**
 * PEERLINK version node-id nonce: how another node begins a link on the client port. There is no
 * reply: frames follow, see package peer. It needs no client's password, for the handshake proves
 * the cluster's own secret.
 */
public final class PeerLinkCommand implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("peerlink", 4)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE, NO_AUTH, NO_MULTI)
          .doc("cluster", "0.1.0", "Begins a link from another node of the cluster.")
          .arguments(
              Argument.of("version", Type.STRING),
              Argument.of("node-id", Type.STRING),
              Argument.of("nonce", Type.STRING))
          .build();

  private final PeerLinks peers;

  public PeerLinkCommand(PeerLinks peers) {
    this.peers = peers;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (!call.request().text(1).equals(PeerLinks.VERSION)) {
      throw new CommandException("ERR this node speaks version " + PeerLinks.VERSION);
    }
    NodeId peer;
    byte[] nonce;
    try {
      peer = new NodeId(call.request().text(2));
      nonce = HexFormat.of().parseHex(call.request().text(3));
    } catch (IllegalArgumentException malformed) {
      throw new CommandException("ERR not a node id and a nonce");
    }
    if (!peers.accept(call.client().connection(), peer, nonce)) {
      // It may be about to learn of this node: it will try again.
      call.client().connection().closeAfterReply();
      throw new CommandException("ERR unknown node " + peer.hex());
    }
  }
}
