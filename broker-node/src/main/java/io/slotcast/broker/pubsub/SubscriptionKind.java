package io.slotcast.broker.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The four ways to subscribe, with the words that stand in their pushes. */
@SuppressWarnings("ImmutableEnumChecker") // the arrays are never written after construction
public enum SubscriptionKind {
  /** Classic channels: published to every node. */
  CHANNEL("message", ""),
  /** Glob patterns over classic channels. */
  PATTERN("pmessage", "p"),
  /** Shard channels: they live in a hash slot. */
  SHARD_CHANNEL("smessage", "s"),
  /** Glob patterns over shard channels: Slotcast's own. */
  SHARD_PATTERN("spmessage", "sp");

  private final byte[] message;
  private final byte[] subscribe;
  private final byte[] unsubscribe;

  SubscriptionKind(String message, String prefix) {
    this.message = ascii(message);
    this.subscribe = ascii(prefix + "subscribe");
    this.unsubscribe = ascii(prefix + "unsubscribe");
  }

  byte[] message() {
    return message;
  }

  /** The first element of a confirmation. */
  public byte[] subscribeWord() {
    return subscribe;
  }

  /** The first element of the confirmation that a subscription has ended. */
  public byte[] unsubscribeWord() {
    return unsubscribe;
  }

  public boolean isPattern() {
    return this == PATTERN || this == SHARD_PATTERN;
  }

  public boolean isShard() {
    return this == SHARD_CHANNEL || this == SHARD_PATTERN;
  }

  private static byte[] ascii(String text) {
    return text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
  }
}
