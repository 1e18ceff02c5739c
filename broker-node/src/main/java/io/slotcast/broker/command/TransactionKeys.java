package io.slotcast.broker.command;

import io.slotcast.broker.resp.Request;
import io.slotcast.router.Access;
import io.slotcast.router.Keys;
import io.slotcast.router.SlotHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The keys of all commands of a transaction, as if they were one command's: what decides, while
 * their slot is under way, where EXEC belongs. Shard channels do not count.
 */
final class TransactionKeys implements Keys {
  private final List<byte[]> keys = new ArrayList<>();
  private final RequestKeys.KeyPresence presence;

  TransactionKeys(Transaction transaction, RequestKeys.KeyPresence presence) {
    this.presence = presence;
    for (Transaction.Queued queued : transaction.commands()) {
      KeyFinder finder = queued.command().keys();
      if (finder != null && queued.command().access() != Access.SHARD_CHANNEL) {
        Request request = queued.request();
        for (int place : finder.find(request)) {
          keys.add(request.bytes(place));
        }
      }
    }
  }

  @Override
  public int count() {
    return keys.size();
  }

  @Override
  public int slot(int i) {
    byte[] key = keys.get(i);
    return SlotHash.slotOf(key, 0, key.length);
  }

  @Override
  public boolean isFirstAgain(int i) {
    return Arrays.equals(keys.get(0), keys.get(i));
  }

  @Override
  public boolean isPresent(int i) {
    byte[] key = keys.get(i);
    return presence.isPresent(slot(i), key, 0, key.length);
  }
}
