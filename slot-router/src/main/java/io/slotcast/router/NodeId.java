package io.slotcast.router;

import java.util.random.RandomGenerator;

/** A node's name for its whole life: 40 lower-case hexadecimal characters, ordered as text. */
public record NodeId(String hex) implements Comparable<NodeId> {
  /**
   * @throws IllegalArgumentException if {@code hex} is not 40 lower-case hexadecimal characters
   */
  public NodeId {
    hex = HexId.checked(hex);
  }

  /** A new id; {@code random} should be a secure one outside tests. */
  public static NodeId random(RandomGenerator random) {
    return new NodeId(HexId.random(random));
  }

  @Override
  public int compareTo(NodeId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
