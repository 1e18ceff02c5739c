package io.slotcast.broker.command.debug;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotKeys;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.resp.Request;
import io.slotcast.router.SlotHash;

/**
 * DEBUG DIGEST and DIGEST-VALUE: signatures that are the same for the same keys, whatever made
 * them, here and on Redis.
 */
final class Digests {
  /** The number of the only database. */
  private static final byte[] DATABASE = new byte[4];

  private final SlotTable slots;

  Digests(SlotTable slots) {
    this.slots = slots;
  }

  void all(Call call) {
    Digest all = new Digest();
    slots.forEach(slot -> addKeys(slot.keys(), call.nowMillis(), all));
    call.reply().simple(all.hex());
  }

  private static void addKeys(SlotKeys keys, long nowMillis, Digest all) {
    for (byte[] key : keys.names(Long.MAX_VALUE)) {
      Value value = keys.find(key, 0, key.length, nowMillis);
      if (value != null) {
        if (all.isEmpty()) {
          all.mix(DATABASE);
        }
        Digest digest = new Digest();
        digest.mix(key);
        digest.addValue(value);
        all.add(digest);
      }
    }
  }

  void values(Call call) {
    Request request = call.request();
    call.reply().array(request.count() - 2L);
    for (int i = 2; i < request.count(); i++) {
      call.reply().simple(of(request.bytes(i), call.nowMillis()));
    }
  }

  private String of(byte[] key, long nowMillis) {
    Slot slot = slots.get(SlotHash.slotOf(key, 0, key.length));
    slot.lock();
    try {
      Digest digest = new Digest();
      Value value = slot.keys().find(key, 0, key.length, nowMillis);
      if (value != null) {
        digest.addValue(value);
      }
      return digest.hex();
    } finally {
      slot.unlock();
    }
  }
}
