package io.slotcast.broker.keyspace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Keys that are to be looked at when a time has come, for something in them is due then or somebody
 * waits for that time. Of each key the soonest time is kept: who looks at it says when to look
 * again. Safe from any thread.
 */
final class Wakeups {
  /** {@link #nextMillis} where nothing is due ever. */
  static final long NEVER = Long.MAX_VALUE;

  /** A key of a slot; the array is not to be changed. */
  record Place(int slot, byte[] key) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Place place && slot == place.slot && Arrays.equals(key, place.key);
    }

    @Override
    public int hashCode() {
      return 31 * slot + Arrays.hashCode(key);
    }
  }

  private record Wakeup(long atMillis, Place place) implements Comparable<Wakeup> {
    @Override
    public int compareTo(Wakeup other) {
      int byTime = Long.compare(atMillis, other.atMillis);
      int bySlot = byTime != 0 ? byTime : Integer.compare(place.slot, other.place.slot);
      return bySlot != 0 ? bySlot : Arrays.compareUnsigned(place.key, other.place.key);
    }
  }

  private final Object lock = new Object();

  /** Both guarded by {@code lock}. */
  private final TreeSet<Wakeup> byTime = new TreeSet<>();

  private final Map<Place, Wakeup> byPlace = new HashMap<>();

  /** Set before any slot is used. */
  private volatile Runnable onSooner = () -> {};

  /** From now on {@code action} runs when the next time has become a sooner one, on any thread. */
  void onSooner(Runnable action) {
    onSooner = action;
  }

  void add(int slot, byte[] key, long atMillis) {
    Place place = new Place(slot, key);
    Wakeup wakeup = new Wakeup(atMillis, place);
    boolean soonest;
    synchronized (lock) {
      Wakeup before = byPlace.get(place);
      if (before != null && before.atMillis <= atMillis) {
        return;
      }
      if (before != null) {
        byTime.remove(before);
      }
      byPlace.put(place, wakeup);
      byTime.add(wakeup);
      soonest = byTime.getFirst() == wakeup;
    }
    if (soonest) {
      onSooner.run();
    }
  }

  /** Removes and returns those whose time has come, the soonest first; {@code most} of them. */
  List<Place> takeDue(long nowMillis, int most) {
    List<Place> due = new ArrayList<>();
    synchronized (lock) {
      while (due.size() < most && !byTime.isEmpty() && byTime.getFirst().atMillis <= nowMillis) {
        Place place = byTime.removeFirst().place;
        byPlace.remove(place);
        due.add(place);
      }
    }
    return due;
  }

  /** The soonest time, or {@link #NEVER}. */
  long nextMillis() {
    synchronized (lock) {
      return byTime.isEmpty() ? NEVER : byTime.getFirst().atMillis;
    }
  }
}
