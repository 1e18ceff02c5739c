package io.slotcast.broker.keyspace.stream;

import io.slotcast.broker.resp.Request;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a stream that nobody sees yet, each under the id that it is to have: the time when it
 * is due, and a number among those of that time. They come in the order of these ids.
 */
final class DelayedEntries {
  /** Of one entry's place in the map, its id and the request around its elements. */
  private static final long FOOTPRINT = 136;

  /** The fields and values are all of a request's arguments. */
  private final TreeMap<StreamId, Request> byId = new TreeMap<>();

  private final NodeLimits limits;

  /** Of all fields and values together. */
  private long elementBytes;

  DelayedEntries(NodeLimits limits) {
    this.limits = limits;
  }

  DelayedEntries copy() {
    DelayedEntries copy = new DelayedEntries(limits);
    copy.byId.putAll(byId);
    copy.elementBytes = elementBytes;
    return copy;
  }

  NodeLimits limits() {
    return limits;
  }

  int size() {
    return byId.size();
  }

  boolean contains(StreamId id) {
    return byId.containsKey(id);
  }

  void put(StreamId id, Request elements) {
    remove(id);
    byId.put(id, elements);
    elementBytes += elements.wireLength();
  }

  boolean remove(StreamId id) {
    Request removed = byId.remove(id);
    if (removed == null) {
      return false;
    }
    elementBytes -= removed.wireLength();
    return true;
  }

  /** In the order of their coming. */
  void forEach(BiConsumer<StreamId, Request> action) {
    byId.forEach(action);
  }

  /** How much memory they take, about. */
  long footprint() {
    return elementBytes + (long) byId.size() * FOOTPRINT;
  }

  /** The id behind all that are due at a time, and not before {@code least}. */
  StreamId nextId(long dueMillis, StreamId least) {
    StreamId first = new StreamId(dueMillis, 0);
    StreamId last = byId.lowerKey(new StreamId(dueMillis + 1, 0));
    StreamId free = last == null || last.isBefore(first) ? first : last.next();
    return least.ms() == dueMillis && free.isBefore(least) ? least : free;
  }

  /** The first to come; null if there is none. */
  Map.@Nullable Entry<StreamId, Request> first() {
    return byId.firstEntry();
  }
}
