package io.slotcast.broker.peer;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Frames and bytes to and from one peer by kind, over all connections to it. Safe from any thread.
 */
public final class LinkCounters {
  /** One kind's counts, in frames and in bytes on the wire. */
  public static final class Flow {
    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    void count(long size) {
      frames.increment();
      bytes.add(size);
    }

    public long frames() {
      return frames.sum();
    }

    public long bytes() {
      return bytes.sum();
    }
  }

  private final Map<FrameKind, Flow> sent = new EnumMap<>(FrameKind.class);
  private final Map<FrameKind, Flow> received = new EnumMap<>(FrameKind.class);
  private final Flow dropped = new Flow();

  LinkCounters() {
    for (FrameKind kind : FrameKind.values()) {
      sent.put(kind, new Flow());
      received.put(kind, new Flow());
    }
  }

  public Flow sent(FrameKind kind) {
    return flow(sent, kind);
  }

  public Flow received(FrameKind kind) {
    return flow(received, kind);
  }

  /** Frames that did not fit into the link's bounded queue. */
  public Flow dropped() {
    return dropped;
  }

  private static Flow flow(Map<FrameKind, Flow> flows, FrameKind kind) {
    Flow flow = flows.get(kind);
    if (flow == null) {
      throw new IllegalStateException("no counter for " + kind);
    }
    return flow;
  }
}
