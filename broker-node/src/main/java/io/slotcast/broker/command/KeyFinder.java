package io.slotcast.broker.command;

import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Finds the keys of a request by its command's key specs. One key at a fixed place, which is the
 * usual case, costs a comparison.
 */
public final class KeyFinder {
  private final List<KeySpec> specs;
  private final int onlyKey;

  KeyFinder(List<KeySpec> specs) {
    this.specs = specs;
    KeySpec first = specs.getFirst();
    boolean single =
        specs.size() == 1
            && first.begin() instanceof KeySpec.Begin.Index
            && first.find() instanceof KeySpec.Find.Range range
            && range.lastKey() == 0;
    this.onlyKey =
        single && first.begin() instanceof KeySpec.Begin.Index index ? index.position() : -1;
  }

  /** The place of the only key that the command ever has; -1 if it may have more. */
  public int onlyKey() {
    return onlyKey;
  }

  /** The places of all keys, in the order of the specs; empty where the arguments make no sense. */
  public int[] find(Request request) {
    int[] places = new int[8];
    int count = 0;
    for (KeySpec spec : specs) {
      if (spec.find() instanceof KeySpec.Find.BySearch searched) {
        int[] found = searched.search().places(request);
        places = Arrays.copyOf(places, Math.max(places.length, count + found.length));
        System.arraycopy(found, 0, places, count, found.length);
        count += found.length;
        continue;
      }
      int begin = begin(spec.begin(), request);
      if (begin < 0) {
        continue;
      }
      int first;
      int last;
      int step;
      switch (spec.find()) {
        case KeySpec.Find.Range range -> {
          step = range.step();
          first = begin;
          last = lastOf(range, begin, request.count());
        }
        case KeySpec.Find.KeyNum keyNum -> {
          step = keyNum.step();
          int at = begin + keyNum.keyNumIndex();
          if (at >= request.count() || !request.isLong(at)) {
            return new int[0];
          }
          long keys = request.toLong(at);
          first = begin + keyNum.firstKey();
          if (keys < 0 || keys > request.count() || first + (keys - 1) * step >= request.count()) {
            return new int[0];
          }
          last = (int) (first + (keys - 1) * step);
        }
        case KeySpec.Find.BySearch searched -> throw new IllegalStateException("handled above");
      }
      for (int i = first; i <= last && i < request.count(); i += step) {
        if (count == places.length) {
          places = Arrays.copyOf(places, count * 2);
        }
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  /** A key of a request and the spec that says so. */
  public record Place(int argument, KeySpec spec) {}

  /** As {@link #find}, with the spec of each key: for COMMAND GETKEYSANDFLAGS. */
  public List<Place> places(Request request) {
    List<Place> places = new ArrayList<>();
    for (KeySpec spec : specs) {
      for (int argument : new KeyFinder(List.of(spec)).find(request)) {
        places.add(new Place(argument, spec));
      }
    }
    return places;
  }

  private static int begin(KeySpec.Begin begin, Request request) {
    return switch (begin) {
      case KeySpec.Begin.Index index -> index.position() < request.count() ? index.position() : -1;
      case KeySpec.Begin.Keyword keyword -> afterKeyword(keyword, request);
      case KeySpec.Begin.Unknown unknown -> -1;
    };
  }

  private static int afterKeyword(KeySpec.Begin.Keyword keyword, Request request) {
    String word = keyword.keyword().toUpperCase(Locale.ROOT);
    boolean backwards = keyword.startFrom() < 0;
    int step = backwards ? -1 : 1;
    int start = backwards ? request.count() + keyword.startFrom() : keyword.startFrom();
    for (int i = start; i > 0 && i < request.count(); i += step) {
      if (request.is(i, word)) {
        return i + 1 < request.count() ? i + 1 : -1;
      }
    }
    return -1;
  }

  private static int lastOf(KeySpec.Find.Range range, int begin, int count) {
    if (range.lastKey() >= 0) {
      return begin + range.lastKey();
    }
    if (range.limit() > 1) {
      return begin + (count - begin) / range.limit() + range.lastKey();
    }
    return count + range.lastKey();
  }
}
