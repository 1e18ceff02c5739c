package io.slotcast.router;

import java.util.random.RandomGenerator;

/**
 * A shard's name, which outlives its primaries: 40 lower-case hexadecimal characters, ordered as
 * text.
 */
public record ShardId(String hex) implements Comparable<ShardId> {
  /**
   * @throws IllegalArgumentException if {@code hex} is not 40 lower-case hexadecimal characters
   */
  public ShardId {
    hex = HexId.checked(hex);
  }

  /** A new id; {@code random} should be a secure one outside tests. */
  public static ShardId random(RandomGenerator random) {
    return new ShardId(HexId.random(random));
  }

  @Override
  public int compareTo(ShardId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
