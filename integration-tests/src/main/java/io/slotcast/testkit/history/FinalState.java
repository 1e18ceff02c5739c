package io.slotcast.testkit.history;

import java.util.List;
import java.util.Map;

/**
 * What the keys hold in the end.
 *
 * @param sequences of each stream and each list, in its order
 * @param counters of each counter, 0 if it is not there
 */
public record FinalState(Map<String, List<Element>> sequences, Map<String, Long> counters) {
  /**
   * An entry of a stream or an element of a list.
   *
   * @param position an entry's id; a list's length up to this element
   */
  public record Element(String position, String value) {}
}
