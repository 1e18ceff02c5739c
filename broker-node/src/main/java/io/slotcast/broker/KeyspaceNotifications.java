package io.slotcast.broker;

import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.KeyspaceEvents;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.KeyEventListener;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.IoLoops;
import io.slotcast.broker.pubsub.Message;
import io.slotcast.broker.pubsub.PubSub;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Publishes what happens to keys, where {@code notify-keyspace-events} asks for it: to the
 * subscribers of this node alone, as in a cluster of Redis.
 */
final class KeyspaceNotifications implements KeyEventListener {
  private static final byte[] KEYSPACE = ascii("__keyspace@0__:");
  private static final byte[] KEYEVENT = ascii("__keyevent@0__:");

  private static final Map<KeyEvent, byte[]> NAMES = names();

  private final PubSub pubSub;
  private final IoLoops loops;

  /** Replaced by CONFIG SET, read by all loops. */
  private volatile Wanted wanted = new Wanted(KeyspaceEvents.NONE);

  /** The directive's value, ready to be asked for each change. */
  private static final class Wanted {
    private final boolean byKey;
    private final boolean byEvent;
    private final Set<KeyEvent> events = EnumSet.noneOf(KeyEvent.class);

    Wanted(KeyspaceEvents flags) {
      byKey = flags.contains('K');
      byEvent = flags.contains('E');
      for (KeyEvent event : KeyEvent.values()) {
        if ((byKey || byEvent) && flags.contains(event.group())) {
          events.add(event);
        }
      }
    }
  }

  private KeyspaceNotifications(PubSub pubSub, IoLoops loops) {
    this.pubSub = pubSub;
    this.loops = loops;
  }

  static KeyEventListener follow(ServerConfig config, PubSub pubSub, IoLoops loops) {
    KeyspaceNotifications made = new KeyspaceNotifications(pubSub, loops);
    made.wanted = new Wanted(config.get(Directives.NOTIFY_KEYSPACE_EVENTS));
    config.onChange(Directives.NOTIFY_KEYSPACE_EVENTS, flags -> made.wanted = new Wanted(flags));
    return made;
  }

  @Override
  public boolean wants(KeyEvent event) {
    return wanted.events.contains(event);
  }

  @Override
  public void happened(KeyEvent event, byte[] array, int offset, int length) {
    Wanted current = wanted;
    IoLoop loop = loops.current();
    byte[] name = Objects.requireNonNull(NAMES.get(event));
    if (current.byKey) {
      publish(loop, KEYSPACE, array, offset, length, name, 0, name.length);
    }
    if (current.byEvent) {
      publish(loop, KEYEVENT, name, 0, name.length, array, offset, length);
    }
  }

  private void publish(
      IoLoop loop,
      byte[] prefix,
      byte[] channel,
      int channelOffset,
      int channelLength,
      byte[] payload,
      int payloadOffset,
      int payloadLength) {
    int channelEnd = prefix.length + channelLength;
    byte[] message = new byte[channelEnd + payloadLength];
    System.arraycopy(prefix, 0, message, 0, prefix.length);
    System.arraycopy(channel, channelOffset, message, prefix.length, channelLength);
    System.arraycopy(payload, payloadOffset, message, channelEnd, payloadLength);
    pubSub.deliver(new Message(message, 0, channelEnd, channelEnd, payloadLength), loop);
  }

  private static Map<KeyEvent, byte[]> names() {
    Map<KeyEvent, byte[]> names = new EnumMap<>(KeyEvent.class);
    for (KeyEvent event : KeyEvent.values()) {
      names.put(event, ascii(event.text()));
    }
    return names;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
