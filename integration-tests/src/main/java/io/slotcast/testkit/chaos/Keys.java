package io.slotcast.testkit.chaos;

import io.slotcast.router.SlotHash;
import io.slotcast.testkit.history.Operation.Kind;
import java.nio.charset.StandardCharsets;

/** Names of the keys and channels of a workload. */
final class Keys {
  private Keys() {}

  /** One that all requests of a kind share; GET reads what SET writes. */
  static String key(Kind kind, int number) {
    String type =
        switch (kind) {
          case XADD -> "stream";
          case RPUSH -> "list";
          case SET, GET -> "register";
          case INCR -> "counter";
        };
    return type + ":{" + number + "}";
  }

  static String channel(int number) {
    return "news:{" + number + "}";
  }

  static int slot(String key) {
    return SlotHash.slotOf(key.getBytes(StandardCharsets.UTF_8));
  }
}
