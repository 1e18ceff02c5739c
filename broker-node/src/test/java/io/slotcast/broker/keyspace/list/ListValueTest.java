package io.slotcast.broker.keyspace.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.keyspace.list.ListValue.End;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListValueTest {
  private final ListValue list = new ListValue();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void push(End end, String element) {
    list.push(end, bytes(element), 0, element.length());
  }

  private static String text(ListCursor cursor) {
    return new String(cursor.copy(), StandardCharsets.ISO_8859_1);
  }

  private List<String> forward() {
    List<String> all = new ArrayList<>();
    for (ListCursor cursor = list.cursor(End.LEFT); cursor.isValid(); cursor.next()) {
      all.add(text(cursor));
    }
    return all;
  }

  private List<String> backward() {
    List<String> all = new ArrayList<>();
    for (ListCursor cursor = list.cursor(End.RIGHT); cursor.isValid(); cursor.previous()) {
      all.add(text(cursor));
    }
    return all;
  }

  @Test
  void elementsOfEveryLengthAreReadFromBothSides() {
    List<String> expected = new ArrayList<>();
    for (int length : new int[] {0, 1, 127, 128, 129, 8_190, 16_383, 16_384, 70_000, 0}) {
      String element = "x".repeat(length);
      push(End.RIGHT, element);
      expected.add(element);
    }
    assertThat(forward()).isEqualTo(expected);
    assertThat(backward()).isEqualTo(expected.reversed());
  }

  @Test
  void aShortListIsSmallAndALongOnePacked() {
    push(End.RIGHT, "job");
    assertThat(list.cursor(End.LEFT).block().capacity()).isLessThan(32);
    for (int i = 0; i < 10_000; i++) {
      push(End.LEFT, "x".repeat(64));
    }
    long capacity = 0;
    for (ListBlock block = list.cursor(End.LEFT).block(); block != null; block = block.next) {
      capacity += block.capacity();
    }
    assertThat(capacity).isLessThan(10_000 * 70L);
  }

  @Test
  void aQueueThatIsRefilledAndEmptiedKeepsItsOneBlock() {
    for (int i = 0; i < 100_000; i++) {
      push(End.RIGHT, "job-" + i);
      if (i >= 10) {
        assertThat(new String(list.pop(End.LEFT), StandardCharsets.ISO_8859_1))
            .isEqualTo("job-" + (i - 10));
      }
    }
    assertThat(list.cursor(End.LEFT).block()).isSameAs(list.cursor(End.RIGHT).block());
    assertThat(list.cursor(End.LEFT).block().capacity()).isLessThan(1_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void behavesAsAPlainListWhateverIsDone(long seed) {
    Random random = new Random(seed);
    List<String> model = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      change(random, model);
      assertThat(list.size()).isEqualTo(model.size());
      if (step % 500 == 0) {
        assertThat(forward()).isEqualTo(model);
        assertThat(backward()).isEqualTo(model.reversed());
      }
      if (!model.isEmpty()) {
        int index = random.nextInt(model.size());
        assertThat(text(list.cursorAt(index))).isEqualTo(model.get(index));
      }
    }
    assertThat(list.cursorAt(-1).isValid()).isFalse();
    assertThat(list.cursorAt(model.size()).isValid()).isFalse();
  }

  private void change(Random random, List<String> model) {
    int size = model.size();
    String element = element(random);
    int index = size == 0 ? 0 : random.nextInt(size);
    switch (random.nextInt(size < 5 ? 2 : 10)) {
      case 0, 2 -> {
        push(End.LEFT, element);
        model.addFirst(element);
      }
      case 1, 3 -> {
        push(End.RIGHT, element);
        model.addLast(element);
      }
      case 4 -> assertThat(list.pop(End.LEFT)).isEqualTo(bytes(model.removeFirst()));
      case 5 -> assertThat(list.pop(End.RIGHT)).isEqualTo(bytes(model.removeLast()));
      case 6 -> {
        list.insertBefore(list.cursorAt(index), bytes(element), 0, element.length());
        model.add(index, element);
      }
      case 7 -> {
        list.insertAfter(list.cursorAt(index), bytes(element), 0, element.length());
        model.add(index + 1, element);
      }
      case 8 -> {
        list.set(list.cursorAt(index), bytes(element), 0, element.length());
        model.set(index, element);
      }
      default -> remove(random, model, index);
    }
  }

  private void remove(Random random, List<String> model, int index) {
    if (random.nextInt(50) == 0) {
      int dropped = random.nextInt(model.size());
      End end = random.nextBoolean() ? End.LEFT : End.RIGHT;
      list.drop(end, dropped);
      int from = end == End.LEFT ? 0 : model.size() - dropped;
      model.subList(from, from + dropped).clear();
    } else {
      ListCursor cursor = list.cursorAt(index);
      list.remove(cursor);
      model.remove(index);
      assertThat(cursor.isValid()).isEqualTo(index < model.size());
      if (cursor.isValid()) {
        assertThat(text(cursor)).isEqualTo(model.get(index));
      }
    }
  }

  private static String element(Random random) {
    int length = random.nextInt(20) == 0 ? random.nextInt(20_000) : random.nextInt(200);
    return Character.toString('a' + random.nextInt(26)).repeat(length);
  }
}
