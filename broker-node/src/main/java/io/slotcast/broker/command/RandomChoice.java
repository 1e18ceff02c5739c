package io.slotcast.broker.command;

import java.util.List;
import java.util.random.RandomGenerator;

/** Distinct elements of a collection by chance. */
public final class RandomChoice {
  private RandomChoice() {}

  /**
   * Up to {@code count} elements, each as likely as the others: all in their order where there are
   * no more, else the first of a shuffle. Changes the list.
   */
  public static <T> List<T> distinct(List<T> elements, long count, RandomGenerator random) {
    if (count >= elements.size()) {
      return elements;
    }
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(elements.size() - i);
      T chosen = elements.get(other);
      elements.set(other, elements.get(i));
      elements.set(i, chosen);
    }
    return elements.subList(0, (int) count);
  }
}
