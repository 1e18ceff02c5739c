package io.slotcast.router;

import java.util.random.RandomGenerator;

/** The 40 lower-case hexadecimal characters by which nodes and shards are named, as in Redis. */
final class HexId {
  static final int LENGTH = 40;

  private HexId() {}

  static String checked(String hex) {
    if (hex.length() != LENGTH) {
      throw new IllegalArgumentException("an id has 40 hexadecimal characters: '" + hex + "'");
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = hex.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        throw new IllegalArgumentException("an id has 40 hexadecimal characters: '" + hex + "'");
      }
    }
    return hex;
  }

  static String random(RandomGenerator random) {
    StringBuilder hex = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }
}
