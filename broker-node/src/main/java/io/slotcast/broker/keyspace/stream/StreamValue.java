package io.slotcast.broker.keyspace.stream;

import io.slotcast.broker.bytes.Footprint;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.DueChange;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.ValueType;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream: entries in ascending order of their ids, in blocks of some thousand bytes, and its
 * consumer groups. It remembers the last id that it ever had, how many entries were ever added, and
 * the largest id that was deleted, whatever was removed since. Guarded by its slot's lock.
 */
public final class StreamValue extends Value {
  /** A block without entries, where a cursor stands that finds nothing. */
  static final StreamBlock NO_BLOCK = new StreamBlock(0, 0, Request.of(), 0, 0);

  /** How much memory an empty stream takes, with the objects that each has. */
  private static final long FOOTPRINT = 320;

  private static final int LARGEST_FIRST_ROOM = 8192;

  /** Of one run of {@link #doDue}, two for an entry. */
  private static final int MOST_CHANGES = 1_000;

  private static final byte[] XADD = Words.of("XADD");
  private static final byte[] XDEL = Words.of("XDEL");

  private final BlockList blocks = new BlockList();
  private final TreeMap<byte[], ConsumerGroup> groups = new TreeMap<>(Arrays::compareUnsigned);
  private long length;
  private StreamId lastId = StreamId.MIN;
  private StreamId firstId = StreamId.MIN;
  private StreamId maxDeletedId = StreamId.MIN;
  private long entriesAdded;

  /** Null until an entry is delayed. */
  private @Nullable DelayedEntries delayed;

  /** Null until a producer names itself. */
  private @Nullable Producers producers;

  @Override
  public long footprint(long samples) {
    long bytes = FOOTPRINT;
    for (int i = 0; i < blocks.size(); i++) {
      bytes += StreamBlock.FOOTPRINT + Footprint.array(blocks.get(i).allocated());
    }
    for (ConsumerGroup group : groups.values()) {
      bytes += group.footprint();
    }
    bytes += delayed == null ? 0 : delayed.footprint();
    bytes += producers == null ? 0 : producers.footprint();
    return bytes;
  }

  @Override
  public ValueType type() {
    return ValueType.STREAM;
  }

  @Override
  public String encoding() {
    return "stream";
  }

  // ---- What it knows of itself ----

  /** How many entries there are. */
  public long length() {
    return length;
  }

  /** The largest id that an entry ever had here, or what XSETID said. */
  public StreamId lastId() {
    return lastId;
  }

  /** The id of the first entry; 0-0 where there is none. */
  public StreamId firstId() {
    return firstId;
  }

  /** The largest id that XDEL removed; 0-0 for none. */
  public StreamId maxDeletedId() {
    return maxDeletedId;
  }

  /** How many entries were ever added. */
  public long entriesAdded() {
    return entriesAdded;
  }

  /** How many blocks there are: what Redis calls keys of the radix tree. */
  public int blocks() {
    return blocks.size();
  }

  /** How many nodes Redis' radix tree would have over them. */
  public long radixNodes() {
    return RadixNodes.count(blocks);
  }

  StreamBlock block(int index) {
    return blocks.get(index);
  }

  /** The block in which an entry of that id would be; -1 if it would be before all. */
  int blockIndexOf(long ms, long seq) {
    return blocks.floor(ms, seq);
  }

  // ---- Reading ----

  /** The entries from one id to another, both included. */
  public StreamCursor range(StreamId from, StreamId to) {
    return new StreamCursor(this, from, to, false);
  }

  /** As {@link #range}, the last one first. */
  public StreamCursor reverseRange(StreamId from, StreamId to) {
    return new StreamCursor(this, from, to, true);
  }

  /** How many entries are in a range; no more than {@code limit} are counted. */
  public long count(StreamId from, StreamId to, long limit) {
    long count = 0;
    StreamId at = from;
    while (count < limit && at.compareTo(to) <= 0) {
      int index = Math.max(blocks.floor(at.ms(), at.seq()), 0);
      if (index >= blocks.size()) {
        break;
      }
      StreamBlock block = blocks.get(index);
      StreamId last = new StreamId(block.lastMs(), block.lastSeq());
      boolean isWhole =
          StreamId.compare(block.firstMs, block.firstSeq, at.ms(), at.seq()) >= 0
              && last.compareTo(to) <= 0;
      if (isWhole) {
        count += block.live();
      } else {
        count += walk(at, last.compareTo(to) < 0 ? last : to, limit - count);
      }
      if (index + 1 == blocks.size()) {
        break;
      }
      StreamBlock next = blocks.get(index + 1);
      at = new StreamId(next.firstMs, next.firstSeq);
    }
    return Math.min(count, limit);
  }

  private long walk(StreamId from, StreamId to, long limit) {
    StreamCursor cursor = range(from, to);
    long count = 0;
    while (count < limit && cursor.next()) {
      count++;
    }
    return count;
  }

  public boolean contains(StreamId id) {
    return range(id, id).next();
  }

  /** The id of the last entry that is there; 0-0 where there is none. */
  public StreamId lastEntryId() {
    StreamCursor cursor = reverseRange(StreamId.MIN, StreamId.MAX);
    return cursor.next() ? cursor.id() : StreamId.MIN;
  }

  // ---- Writing ----

  /**
   * Adds an entry.
   *
   * @param id larger than {@link #lastId}
   * @param request whose arguments from {@code firstField} on are fields and values in turn
   */
  public void append(StreamId id, Request request, int firstField, NodeLimits limits) {
    StreamBlock block = tail(id, request, firstField, limits);
    block.append(id.ms(), id.seq(), request, firstField);
    if (length == 0) {
      firstId = id;
    }
    length++;
    entriesAdded++;
    lastId = id;
  }

  private StreamBlock tail(StreamId id, Request request, int firstField, NodeLimits limits) {
    int room = 0;
    if (blocks.size() > 0) {
      StreamBlock last = blocks.get(blocks.size() - 1);
      if (last.hasRoom(elementBytes(request, firstField), limits)) {
        return last;
      }
      last.seal();
      room = Math.min(last.end() + last.end() / 32, LARGEST_FIRST_ROOM);
    }
    StreamBlock block = new StreamBlock(id.ms(), id.seq(), request, firstField, room);
    blocks.add(block);
    return block;
  }

  /** Whether an entry of those fields and values is too large for any block. */
  public static boolean isTooLarge(Request request, int firstField) {
    return elementBytes(request, firstField) > NodeLimits.LARGEST_BLOCK;
  }

  private static long elementBytes(Request request, int firstField) {
    long bytes = 0;
    for (int i = firstField; i < request.count(); i++) {
      bytes += request.length(i);
    }
    return bytes;
  }

  /** Removes an entry by its id, as XDEL does; returns whether it was there. */
  public boolean delete(StreamId id) {
    StreamCursor cursor = range(id, id);
    if (!cursor.next()) {
      return false;
    }
    StreamBlock block = blocks.get(cursor.blockIndex());
    if (block.live() == 1) {
      blocks.remove(cursor.blockIndex());
    } else {
      block.delete(cursor.place());
    }
    length--;
    if (id.isAfter(maxDeletedId)) {
      maxDeletedId = id;
    }
    if (id.equals(firstId)) {
      findFirst();
    }
    return true;
  }

  private void findFirst() {
    StreamCursor cursor = range(StreamId.MIN, StreamId.MAX);
    firstId = cursor.next() ? cursor.id() : StreamId.MIN;
  }

  /**
   * As {@link #delete(StreamId)}, with regard to the consumer groups; not where {@link
   * References#ACKED} keeps the entry.
   */
  public boolean delete(StreamId id, References references) {
    if (references == References.ACKED && isNeeded(id)) {
      return false;
    }
    if (references == References.DELREF) {
      removePending(id);
    }
    return delete(id);
  }

  /** Removes the oldest entries; returns how many. */
  public long trim(Trim trim) {
    long removed = new Trimmer(this, trim).run();
    if (removed > 0) {
      findFirst();
    }
    return removed;
  }

  void removeBlock(int index) {
    length -= blocks.get(index).live();
    blocks.remove(index);
  }

  /** Removes the entry at a place of a block, which stays even if it was the last one. */
  void removeWithin(StreamBlock block, int place) {
    block.delete(place);
    length--;
  }

  /** What XSETID says: the last id, and the others unless they are null. */
  public void setIds(StreamId last, @Nullable Long added, @Nullable StreamId maxDeleted) {
    lastId = last;
    if (added != null) {
      entriesAdded = added;
    }
    if (maxDeleted != null) {
      maxDeletedId = maxDeleted;
    }
  }

  // ---- Entries that come later ----

  /**
   * Adds an entry that is not visible before a time, when it comes by itself: see {@link #doDue}.
   *
   * @param id null for one that begins with that time
   * @param elements fields and values in turn, kept as they are
   * @return the id that it is going to have unless the stream's last id is behind it by then
   */
  public StreamId delay(
      long dueMillis, @Nullable StreamId id, Request elements, NodeLimits limits) {
    DelayedEntries entries = delayed == null ? new DelayedEntries(limits) : delayed;
    delayed = entries;
    StreamId least = lastId.equals(StreamId.MAX) ? lastId : lastId.next();
    StreamId chosen = id == null ? entries.nextId(dueMillis, least) : id;
    entries.put(chosen, elements);
    return chosen;
  }

  public boolean isDelayed(StreamId id) {
    return delayed != null && delayed.contains(id);
  }

  /** How many entries are delayed. */
  public int delayedEntries() {
    return delayed == null ? 0 : delayed.size();
  }

  /** Calls {@code action} with the delayed entries, the first to come first. */
  public void forEachDelayed(BiConsumer<StreamId, Request> action) {
    if (delayed != null) {
      delayed.forEach(action);
    }
  }

  /** A delayed entry does not come; returns whether there was one of that id. */
  public boolean cancel(StreamId id) {
    return delayed != null && delayed.remove(id);
  }

  /** When the next delayed entry comes; {@link #NEVER} if none does. */
  @Override
  public long dueMillis() {
    Map.Entry<StreamId, Request> first = delayed == null ? null : delayed.first();
    return first == null || lastId.equals(StreamId.MAX) ? NEVER : first.getKey().ms();
  }

  /** Makes delayed entries visible whose time has come, some hundred at once. */
  @Override
  public List<DueChange> doDue(byte[] key, long nowMillis) {
    if (!isDue(nowMillis)) {
      return List.of();
    }
    List<DueChange> changes = new ArrayList<>();
    while (delayed != null && changes.size() < MOST_CHANGES && isDue(nowMillis)) {
      Map.Entry<StreamId, Request> first = Objects.requireNonNull(delayed.first());
      StreamId handle = first.getKey();
      delayed.remove(handle);
      changes.add(new DueChange(new byte[][] {XDEL, key, handle.toBytes()}, null));
      StreamId id = handle.isAfter(lastId) ? handle : lastId.next();
      append(id, first.getValue(), 0, delayed.limits());
      changes.add(new DueChange(addition(key, id, first.getValue()), KeyEvent.XADD));
    }
    return changes;
  }

  private boolean isDue(long nowMillis) {
    return dueMillis() != NEVER && dueMillis() <= nowMillis;
  }

  private static byte[][] addition(byte[] key, StreamId id, Request elements) {
    List<byte[]> words = new ArrayList<>(List.of(XADD, key, id.toBytes()));
    words.addAll(List.of(elements.words()));
    return words.toArray(byte[][]::new);
  }

  // ---- Producers ----

  /** What producers have added under ids of their own; null if none ever did. */
  public @Nullable Producers producers() {
    return producers;
  }

  /** As {@link #producers}, made where it is not there. */
  public Producers makeProducers() {
    Producers made = producers == null ? new Producers() : producers;
    producers = made;
    return made;
  }

  // ---- Copies ----

  /** A stream of its own that holds and remembers the same. */
  public StreamValue copy() {
    StreamValue copy = new StreamValue();
    for (int i = 0; i < blocks.size(); i++) {
      copy.blocks.add(blocks.get(i).copy());
    }
    groups.forEach((name, group) -> copy.groups.put(name, group.copy()));
    copy.delayed = delayed == null ? null : delayed.copy();
    copy.producers = producers == null ? null : producers.copy();
    copy.length = length;
    copy.lastId = lastId;
    copy.firstId = firstId;
    copy.maxDeletedId = maxDeletedId;
    copy.entriesAdded = entriesAdded;
    return copy;
  }

  // ---- Blocks in Redis' form ----

  /** The id that the entries of a block are counted from: that of its first entry ever. */
  public StreamId blockId(int index) {
    StreamBlock block = blocks.get(index);
    return new StreamId(block.firstMs, block.firstSeq);
  }

  /** A block as Redis' listpack. */
  public byte[] blockListpack(int index) {
    return PackedBlock.pack(blocks.get(index));
  }

  /**
   * Adds a block from a listpack that somebody else wrote, behind those that are there; {@link
   * #setIds} is to follow.
   *
   * @return whether it is one, and its entries come after all others
   */
  public boolean addBlock(StreamId first, byte[] listpack) {
    StreamBlock block = PackedBlock.unpack(first, listpack);
    boolean isNext = length == 0 || first.isAfter(lastId);
    if (block == null || !isNext) {
      return false;
    }
    blocks.add(block);
    length += block.live();
    lastId = new StreamId(block.lastMs(), block.lastSeq());
    if (length == block.live()) {
      findFirst();
    }
    return true;
  }

  // ---- Consumer groups ----

  public @Nullable ConsumerGroup group(byte[] name) {
    return groups.get(name);
  }

  /** In the order of their names' bytes. */
  public Collection<ConsumerGroup> groups() {
    return groups.values();
  }

  /** Adds a group that is not there yet. */
  public ConsumerGroup createGroup(byte[] name, StreamId lastDelivered, long entriesRead) {
    ConsumerGroup group = new ConsumerGroup(name, lastDelivered, entriesRead);
    groups.put(name, group);
    return group;
  }

  /** Whether some group has not read the entry yet, or has it pending. */
  public boolean isNeeded(StreamId id) {
    return groups.values().stream()
        .anyMatch(each -> id.isAfter(each.lastDelivered()) || each.pending().find(id) != null);
  }

  /** Up to where every group has read; {@link StreamId#MAX} where there are no groups. */
  StreamId readByAll() {
    StreamId least = StreamId.MAX;
    for (ConsumerGroup group : groups.values()) {
      least = group.lastDelivered().isBefore(least) ? group.lastDelivered() : least;
    }
    return least;
  }

  /** The entry is pending in no group any more. */
  public void removePending(StreamId id) {
    for (ConsumerGroup group : groups.values()) {
      PendingEntry entry = group.pending().find(id);
      if (entry != null) {
        group.removePending(entry);
      }
    }
  }

  /** Returns whether it was there. */
  public boolean destroyGroup(byte[] name) {
    return groups.remove(name) != null;
  }
}
