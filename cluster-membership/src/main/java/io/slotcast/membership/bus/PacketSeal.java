package io.slotcast.membership.bus;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Marks each packet of the bus as coming from a node that has the cluster's secret.
 *
 * <p>A packet is one kind byte, for a sealed one the first 16 bytes of HMAC-SHA256 over the kind
 * and the body, then the body. The key is PBKDF2-HMAC-SHA256 of the secret. The body of JGroups'
 * packets holds the addresses of sender and receiver, which JGroups draws at random for each life
 * of a channel, so a recorded packet fits only the two channels that it passed between. A note is a
 * packet of ours that goes past JGroups, to a node that may be in no group with this one; whoever
 * reads it must bear that it comes twice, or late.
 *
 * <p>Safe from any thread.
 */
final class PacketSeal {
  /** A packet of a cluster without a secret. */
  private static final byte OPEN = 0;

  private static final byte SEALED = 1;

  /** Sealed and empty: tells a node whose packet was refused that its secret differs. */
  private static final byte REFUSAL = 2;

  private static final byte OPEN_NOTE = 3;
  private static final byte SEALED_NOTE = 4;

  /** What opening a packet found. */
  enum Verdict {
    GOOD,
    /** A sealed packet, of another secret or damaged. */
    OTHER_SECRET,
    /** An open packet where sealed ones are wanted. */
    NO_SECRET,
    /** A sealed packet at a node that has no secret. */
    SECRET_HERE_MISSING,
    MALFORMED
  }

  private static final int MAC_LENGTH = 16;
  private static final int ITERATIONS = 10_000;

  /** Domain separation only: all nodes must derive one key before they know anything in common. */
  private static final byte[] SALT = "slotcast bus 1".getBytes(StandardCharsets.US_ASCII);

  /** The keyed MAC, copied for each use; null where the cluster has no secret. */
  private final @Nullable Mac keyed;

  /** A seal for {@code secret}; an empty one leaves packets open. */
  PacketSeal(String secret) {
    keyed = secret.isEmpty() ? null : keyed(secret);
  }

  private static Mac keyed(String secret) {
    try {
      PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), SALT, ITERATIONS, 256);
      byte[] key =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      spec.clearPassword();
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks HMAC-SHA256", e);
    }
  }

  /** Where the body begins in a packet that this seal makes. */
  int headerLength() {
    return keyed == null ? 1 : 1 + MAC_LENGTH;
  }

  byte[] seal(byte[] body, int offset, int length) {
    return packet(keyed == null ? OPEN : SEALED, body, offset, length);
  }

  /** A packet that is not for JGroups. */
  byte[] note(byte[] body) {
    return packet(keyed == null ? OPEN_NOTE : SEALED_NOTE, body, 0, body.length);
  }

  byte[] refusal() {
    return packet(REFUSAL, new byte[0], 0, 0);
  }

  private byte[] packet(byte kind, byte[] body, int offset, int length) {
    int header = headerLength();
    byte[] packet = new byte[header + length];
    packet[0] = kind;
    System.arraycopy(body, offset, packet, header, length);
    if (keyed != null) {
      System.arraycopy(mac(keyed, packet, header), 0, packet, 1, MAC_LENGTH);
    }
    return packet;
  }

  Verdict check(byte[] packet) {
    boolean claimsSeal = packet.length > 0 && packet[0] != OPEN && packet[0] != OPEN_NOTE;
    if (packet.length == 0 || packet[0] < OPEN || packet[0] > SEALED_NOTE) {
      return Verdict.MALFORMED;
    } else if (keyed == null) {
      return claimsSeal ? Verdict.SECRET_HERE_MISSING : Verdict.GOOD;
    } else if (!claimsSeal) {
      return Verdict.NO_SECRET;
    } else if (packet.length < headerLength()) {
      return Verdict.MALFORMED;
    }
    byte[] claimed = Arrays.copyOfRange(packet, 1, 1 + MAC_LENGTH);
    byte[] actual = Arrays.copyOf(mac(keyed, packet, headerLength()), MAC_LENGTH);
    return MessageDigest.isEqual(claimed, actual) ? Verdict.GOOD : Verdict.OTHER_SECRET;
  }

  static boolean isRefusal(byte[] packet) {
    return packet.length > 0 && packet[0] == REFUSAL;
  }

  static boolean isNote(byte[] packet) {
    return packet.length > 0 && (packet[0] == OPEN_NOTE || packet[0] == SEALED_NOTE);
  }

  private static byte[] mac(Mac keyed, byte[] packet, int header) {
    try {
      Mac mac = (Mac) keyed.clone();
      mac.update(packet[0]);
      mac.update(packet, header, packet.length - header);
      return mac.doFinal();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java's HMAC-SHA256 cannot be copied", e);
    }
  }
}
