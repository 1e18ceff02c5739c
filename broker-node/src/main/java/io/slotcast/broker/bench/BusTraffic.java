package io.slotcast.broker.bench;

import java.util.OptionalLong;

/**
 * What the nodes have sent each other for publishers, of all nodes together, since their start.
 *
 * @param frames of the mode that was asked for
 * @param bytes of all modes; empty where the server does not tell, as Redis 7 does not
 */
record BusTraffic(long frames, OptionalLong bytes) {
  static final BusTraffic NONE = new BusTraffic(0, OptionalLong.of(0));

  BusTraffic plus(BusTraffic other) {
    return new BusTraffic(frames + other.frames, add(bytes, other.bytes, 1));
  }

  BusTraffic since(BusTraffic earlier) {
    return new BusTraffic(frames - earlier.frames, add(bytes, earlier.bytes, -1));
  }

  private static OptionalLong add(OptionalLong a, OptionalLong b, int sign) {
    return a.isPresent() && b.isPresent()
        ? OptionalLong.of(a.getAsLong() + sign * b.getAsLong())
        : OptionalLong.empty();
  }
}
