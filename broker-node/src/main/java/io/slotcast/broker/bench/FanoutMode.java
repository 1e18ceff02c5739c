package io.slotcast.broker.bench;

/** How a message finds its subscribers. */
public enum FanoutMode {
  /** PUBLISH, which reaches every node. */
  BROADCAST("PUBLISH", "SUBSCRIBE", "message", "publish"),
  /** PUBLISH, which reaches the nodes that have subscribers. Slotcast's. */
  INTEREST("PUBLISH", "SUBSCRIBE", "message", "publish"),
  /** SPUBLISH, which reaches the nodes of the slot's shard. */
  SHARDED("SPUBLISH", "SSUBSCRIBE", "smessage", "publishshard");

  private final String publish;
  private final String subscribe;
  private final String delivery;
  private final String counter;

  FanoutMode(String publish, String subscribe, String delivery, String counter) {
    this.publish = publish;
    this.subscribe = subscribe;
    this.delivery = delivery;
    this.counter = counter;
  }

  /** The command that publishes. */
  String publish() {
    return publish;
  }

  String subscribe() {
    return subscribe;
  }

  /** The first word of what a subscriber gets. */
  String delivery() {
    return delivery;
  }

  /** What CLUSTER INFO calls the messages between nodes. */
  String counter() {
    return counter;
  }
}
