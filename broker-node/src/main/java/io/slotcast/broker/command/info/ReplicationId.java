package io.slotcast.broker.command.info;

import java.util.function.Supplier;

/** What the stream of this node's writes is known by. Safe from any thread. */
public final class ReplicationId {
  private final Supplier<String> fresh;
  private volatile String hex;

  /**
   * @param fresh makes 40 hexadecimal digits that were never used
   */
  public ReplicationId(Supplier<String> fresh) {
    this.fresh = fresh;
    this.hex = fresh.get();
  }

  public String hex() {
    return hex;
  }

  /** From now on the stream counts as another one. */
  public void change() {
    hex = fresh.get();
  }
}
