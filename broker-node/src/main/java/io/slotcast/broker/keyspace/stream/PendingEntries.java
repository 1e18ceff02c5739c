package io.slotcast.broker.keyspace.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pending entries in the order of their ids: sorted runs of references, so that one costs little
 * beyond its own object, and adding at the end and removing at the beginning, which is what queues
 * do, are quick.
 */
public final class PendingEntries {
  /** The most references in a run. */
  private static final int RUN = 128;

  private final List<Run> runs = new ArrayList<>();
  private int size;

  /** A run is never empty. */
  private static final class Run {
    final @Nullable PendingEntry[] entries = new @Nullable PendingEntry[RUN];

    /** The entries are those from here. */
    int from;

    int to;

    PendingEntry get(int i) {
      PendingEntry entry = entries[i];
      if (entry == null) {
        throw new IndexOutOfBoundsException(i);
      }
      return entry;
    }

    /** The place of the first entry whose id is not before that. */
    int ceiling(long ms, long seq) {
      int low = from;
      int high = to;
      while (low < high) {
        int middle = (low + high) >>> 1;
        PendingEntry entry = get(middle);
        if (StreamId.compare(entry.ms, entry.seq, ms, seq) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public @Nullable PendingEntry find(StreamId id) {
    PendingEntry entry = ceiling(id);
    return entry != null && entry.ms == id.ms() && entry.seq == id.seq() ? entry : null;
  }

  /** The first entry whose id is not before that; null if there is none. */
  public @Nullable PendingEntry ceiling(StreamId id) {
    int index = runOf(id.ms(), id.seq());
    if (index == runs.size()) {
      return null;
    }
    Run run = runs.get(index);
    return run.get(run.ceiling(id.ms(), id.seq()));
  }

  public @Nullable PendingEntry first() {
    return ceiling(StreamId.MIN);
  }

  public @Nullable PendingEntry last() {
    if (size == 0) {
      return null;
    }
    Run run = runs.getLast();
    return run.get(run.to - 1);
  }

  /** The entry behind that id; null if there is none. */
  public @Nullable PendingEntry after(StreamId id) {
    return id.equals(StreamId.MAX) ? null : ceiling(id.next());
  }

  /** All of them, in order: for whoever changes them on the way. */
  public List<PendingEntry> toList() {
    List<PendingEntry> all = new ArrayList<>(size);
    for (Run run : runs) {
      for (int i = run.from; i < run.to; i++) {
        all.add(run.get(i));
      }
    }
    return all;
  }

  /** The first run whose last entry is not before that id. */
  private int runOf(long ms, long seq) {
    int low = 0;
    int high = runs.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Run run = runs.get(middle);
      PendingEntry last = run.get(run.to - 1);
      if (StreamId.compare(last.ms, last.seq, ms, seq) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Adds an entry whose id is not there. */
  void add(PendingEntry entry) {
    int index = runOf(entry.ms, entry.seq);
    if (index == runs.size()) {
      append(entry);
    } else {
      insert(index, entry);
    }
    size++;
  }

  private void append(PendingEntry entry) {
    Run run = runs.isEmpty() ? null : runs.getLast();
    if (run == null || run.to == RUN) {
      run = new Run();
      runs.add(run);
    }
    run.entries[run.to++] = entry;
  }

  private void insert(int index, PendingEntry entry) {
    Run run = runs.get(index);
    if (run.to == RUN && run.from > 0) {
      moveToFront(run);
    } else if (run.to == RUN) {
      Run half = split(run);
      runs.add(index + 1, half);
      PendingEntry last = run.get(run.to - 1);
      if (StreamId.compare(last.ms, last.seq, entry.ms, entry.seq) < 0) {
        run = half;
      }
    }
    int at = run.ceiling(entry.ms, entry.seq);
    System.arraycopy(run.entries, at, run.entries, at + 1, run.to - at);
    run.entries[at] = entry;
    run.to++;
  }

  private static void moveToFront(Run run) {
    int count = run.to - run.from;
    System.arraycopy(run.entries, run.from, run.entries, 0, count);
    Arrays.fill(run.entries, count, run.to, null);
    run.from = 0;
    run.to = count;
  }

  /** Moves the second half of a full run into another. */
  private static Run split(Run run) {
    Run half = new Run();
    half.to = RUN / 2;
    System.arraycopy(run.entries, RUN / 2, half.entries, 0, RUN / 2);
    Arrays.fill(run.entries, RUN / 2, RUN, null);
    run.to = RUN / 2;
    return half;
  }

  /** Removes an entry that is there. */
  void remove(PendingEntry entry) {
    int index = runOf(entry.ms, entry.seq);
    Run run = runs.get(index);
    int at = run.ceiling(entry.ms, entry.seq);
    if (at == run.from) {
      run.entries[run.from++] = null;
    } else {
      System.arraycopy(run.entries, at + 1, run.entries, at, run.to - at - 1);
      run.entries[--run.to] = null;
    }
    if (run.from == run.to) {
      runs.remove(index);
    }
    size--;
  }
}
