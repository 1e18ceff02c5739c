package io.slotcast.broker.keyspace.stream;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which entries the producers of a stream added under which ids of their own, so that one who adds
 * again what it added before is told the entry that is there. An id is known for some time after
 * its entry's, which is told by the entry's id, and until its producer has added so many others. As
 * of Redis 8.6.
 *
 * <p>What is out of date is forgotten when something is added: the producer's own ids, and
 * producers who added nothing for so long. So their number is bounded by what is added within that
 * time.
 */
public final class Producers {
  public static final long MOST_SECONDS = 86_400;
  public static final long MOST_IDS = 10_000;

  /** Of an id or a name of a usual length with its place in a map. */
  private static final long FOOTPRINT = 136;

  private static final long USUAL_SECONDS = 100;
  private static final long USUAL_IDS = 100;

  /** The producer that added last is the last one, and so is the last id of each. */
  private final LinkedHashMap<ByteBuffer, LinkedHashMap<ByteBuffer, StreamId>> byProducer =
      new LinkedHashMap<>();

  private long seconds = USUAL_SECONDS;
  private long ids = USUAL_IDS;
  private long added;
  private long duplicates;

  Producers copy() {
    Producers copy = new Producers();
    copy.seconds = seconds;
    copy.ids = ids;
    copy.added = added;
    copy.duplicates = duplicates;
    byProducer.forEach((name, known) -> copy.byProducer.put(name, new LinkedHashMap<>(known)));
    return copy;
  }

  /** How long an id is known, in seconds. */
  public long seconds() {
    return seconds;
  }

  /** How many ids are known of each producer at most. */
  public long ids() {
    return ids;
  }

  /** Sets how long and how many ids are known; if that changes anything, all are forgotten. */
  public void configure(long newSeconds, long newIds) {
    if (newSeconds != seconds || newIds != ids) {
      byProducer.clear();
    }
    seconds = newSeconds;
    ids = newIds;
  }

  /** The entry that a producer added under an id; null if that is not known. */
  public @Nullable StreamId find(byte[] producer, byte[] id, long nowMillis) {
    Map<ByteBuffer, StreamId> known = byProducer.get(ByteBuffer.wrap(producer));
    StreamId entry = known == null ? null : known.get(ByteBuffer.wrap(id));
    return entry == null || isOutdated(entry, nowMillis) ? null : entry;
  }

  /** A producer has added an entry under an id. */
  public void record(byte[] producer, byte[] id, StreamId entry, long nowMillis) {
    ByteBuffer name = ByteBuffer.wrap(producer);
    LinkedHashMap<ByteBuffer, StreamId> known = byProducer.remove(name);
    if (known == null) {
      known = new LinkedHashMap<>();
    }
    byProducer.put(name, known);
    known.remove(ByteBuffer.wrap(id));
    known.put(ByteBuffer.wrap(id), entry);
    added++;
    forgetIds(known, nowMillis);
    forgetProducers(nowMillis);
  }

  private void forgetIds(Map<ByteBuffer, StreamId> known, long nowMillis) {
    Iterator<StreamId> oldest = known.values().iterator();
    while (oldest.hasNext()) {
      StreamId entry = oldest.next();
      if (known.size() <= ids && !isOutdated(entry, nowMillis)) {
        return;
      }
      oldest.remove();
    }
  }

  private void forgetProducers(long nowMillis) {
    Iterator<LinkedHashMap<ByteBuffer, StreamId>> silent = byProducer.values().iterator();
    while (silent.hasNext()) {
      LinkedHashMap<ByteBuffer, StreamId> known = silent.next();
      if (!known.isEmpty() && !isOutdated(known.lastEntry().getValue(), nowMillis)) {
        return;
      }
      silent.remove();
    }
  }

  /** An id that is in the future, as a client may choose it, is not. */
  private boolean isOutdated(StreamId entry, long nowMillis) {
    boolean past = entry.ms() >= 0 && entry.ms() <= nowMillis;
    return past && nowMillis - entry.ms() > seconds * 1000;
  }

  /** An entry was not added, for its producer had added it before. */
  public void countDuplicate() {
    duplicates++;
  }

  /** How much memory it takes, about. */
  long footprint() {
    long names = byProducer.size();
    for (Map<ByteBuffer, StreamId> known : byProducer.values()) {
      names += known.size();
    }
    return names * FOOTPRINT;
  }

  // ---- Images ----

  /** How many producers are kept, those included whose ids are all out of date. */
  public int size() {
    return byProducer.size();
  }

  /** The names of the producers, who added last the last. */
  @SuppressWarnings("ByteBufferBackingArray") // each wraps the whole of its array
  public List<byte[]> names() {
    return byProducer.keySet().stream().map(ByteBuffer::array).toList();
  }

  /** Calls {@code action} with each id of a producer and its entry, the last one last. */
  @SuppressWarnings("ByteBufferBackingArray") // each wraps the whole of its array
  public void forEach(byte[] producer, BiConsumer<byte[], StreamId> action) {
    Map<ByteBuffer, StreamId> known = byProducer.get(ByteBuffer.wrap(producer));
    if (known != null) {
      known.forEach((id, entry) -> action.accept(id.array(), entry));
    }
  }

  /** An id that was known when the stream was written down; the last ones are to come last. */
  public void restore(byte[] producer, byte[] id, StreamId entry) {
    byProducer
        .computeIfAbsent(ByteBuffer.wrap(producer), _ -> new LinkedHashMap<>())
        .put(ByteBuffer.wrap(id), entry);
  }

  /** As {@link #added} and {@link #duplicates} tell. */
  public void restoreCounts(long newAdded, long newDuplicates) {
    added = newAdded;
    duplicates = newDuplicates;
  }

  // ---- What XINFO tells ----

  /** How many producers have ids that are known. */
  public long producers(long nowMillis) {
    return byProducer.values().stream().filter(ids -> count(ids, nowMillis) > 0).count();
  }

  /** How many ids are known, of all producers. */
  public long known(long nowMillis) {
    return byProducer.values().stream().mapToLong(ids -> count(ids, nowMillis)).sum();
  }

  private long count(Map<ByteBuffer, StreamId> known, long nowMillis) {
    return known.values().stream().filter(entry -> !isOutdated(entry, nowMillis)).count();
  }

  /** How many entries were ever added under an id. */
  public long added() {
    return added;
  }

  /** How many entries this node did not add, for they had been added before. */
  public long duplicates() {
    return duplicates;
  }
}
