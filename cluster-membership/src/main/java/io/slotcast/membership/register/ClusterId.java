package io.slotcast.membership.register;

import java.util.random.RandomGenerator;

/** A cluster's name, drawn when it forms: 32 lower-case hexadecimal characters. */
public record ClusterId(String hex) {
  static final int LENGTH = 32;

  /**
   * @throws IllegalArgumentException if {@code hex} is not 32 lower-case hexadecimal characters
   */
  public ClusterId {
    if (!hex.matches("[0-9a-f]{" + LENGTH + "}")) {
      throw new IllegalArgumentException(
          "a cluster id has " + LENGTH + " hexadecimal characters: '" + hex + "'");
    }
  }

  /** A new id; {@code random} should be a secure one outside tests. */
  public static ClusterId random(RandomGenerator random) {
    StringBuilder hex = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return new ClusterId(hex.toString());
  }

  @Override
  public String toString() {
    return hex;
  }
}
