package io.slotcast.broker.pubsub;

import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.IoLoop;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections subscribed to one channel or pattern, grouped by event loop, so that a publisher
 * hands each other loop one piece of work.
 *
 * <p>Guarded by the lock of the table that holds it. A group's array is only ever appended to or
 * replaced, so another loop may still walk the (array, count) that it was handed.
 */
final class Subscribers {
  private @Nullable Group[] groups = new @Nullable Group[1];
  private int size;

  private record Group(IoLoop loop, Connection[] members, int count) {}

  int size() {
    return size;
  }

  void add(Connection connection) {
    IoLoop loop = connection.loop();
    int index = loop.index();
    if (index >= groups.length) {
      groups = Arrays.copyOf(groups, index + 1);
    }
    Group group = groups[index];
    Connection[] members = group == null ? new Connection[2] : group.members();
    int count = group == null ? 0 : group.count();
    if (count == members.length) {
      members = Arrays.copyOf(members, count * 2);
    }
    members[count] = connection;
    groups[index] = new Group(loop, members, count + 1);
    size++;
  }

  void remove(Connection connection) {
    int index = connection.loop().index();
    Group group = index < groups.length ? groups[index] : null;
    if (group == null) {
      return;
    }
    for (int i = 0; i < group.count(); i++) {
      if (group.members()[i] == connection) {
        Connection[] members = new Connection[Math.max(group.count() - 1, 2)];
        System.arraycopy(group.members(), 0, members, 0, i);
        System.arraycopy(group.members(), i + 1, members, i, group.count() - i - 1);
        groups[index] = new Group(group.loop(), members, group.count() - 1);
        size--;
        return;
      }
    }
  }

  /**
   * Delivers a frame to all, or hands it to their loops.
   *
   * @param from the calling thread's loop
   */
  void deliver(MessageFrame frame, IoLoop from, boolean shard) {
    for (Group group : groups) {
      if (group == null || group.count() == 0) {
        continue;
      }
      if (group.loop() == from) {
        // What another loop sent before, under the same lock, comes first.
        from.receiveMessages();
        deliver(group, frame, shard);
      } else {
        MessageFrame detached = frame.detached();
        group.loop().sendMessage(() -> deliverDetached(group, detached, shard), from);
      }
    }
  }

  private static void deliverDetached(Group group, MessageFrame frame, boolean shard) {
    try {
      deliver(group, frame, shard);
    } finally {
      frame.release();
    }
  }

  private static void deliver(Group group, MessageFrame frame, boolean shard) {
    Connection[] members = group.members();
    int count = group.count();
    for (int i = 0; i < count; i++) {
      members[i].deliver(frame.head(), frame.length(), frame.body());
    }
    group.loop().countDeliveries(count);
    if (shard) {
      group.loop().counters().shardDeliveries += count;
    } else {
      group.loop().counters().classicDeliveries += count;
    }
  }

  void forEach(Consumer<Connection> action) {
    for (Group group : groups) {
      for (int i = 0; group != null && i < group.count(); i++) {
        action.accept(group.members()[i]);
      }
    }
  }
}
