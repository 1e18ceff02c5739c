package io.slotcast.broker.peer;

import io.slotcast.router.NodeId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to a peer that this node knows {@code cluster-secret}, without saying it: each side
 * answers the other's nonce with an HMAC-SHA-256 over both nonces, both names and its own part in
 * the exchange. Without a secret the exchange is the same and proves nothing. Immutable.
 */
final class PeerSecret {
  static final int NONCE = 16;
  static final int PROOF = 32;
  private static final String ALGORITHM = "HmacSHA256";

  /**
   * Which side of the exchange a proof comes from, so that none can be sent back as the other's.
   */
  enum Side {
    DIALER,
    ACCEPTOR
  }

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  PeerSecret(String clusterSecret) {
    byte[] bytes = ("slotcast peer link\n" + clusterSecret).getBytes(StandardCharsets.UTF_8);
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  byte[] newNonce() {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    return nonce;
  }

  byte[] proof(
      Side side, NodeId dialer, NodeId acceptor, byte[] dialerNonce, byte[] acceptorNonce) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(side.name().getBytes(StandardCharsets.US_ASCII));
      mac.update(dialer.hex().getBytes(StandardCharsets.US_ASCII));
      mac.update(acceptor.hex().getBytes(StandardCharsets.US_ASCII));
      mac.update(dialerNonce);
      mac.update(acceptorNonce);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  static boolean isEqual(byte[] proof, byte[] expected) {
    return MessageDigest.isEqual(proof, expected);
  }
}
