package io.slotcast.broker.keyspace.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.resp.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamValueTest {
  private static final NodeLimits USUAL = new NodeLimits(() -> 4096, () -> 100);
  private static final int STEPS = 4000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aRandomRunGivesWhatASortedMapGives(long seed) {
    Random random = new Random(seed);
    NodeLimits limits = new NodeLimits(() -> random.nextInt(2) * 300L, () -> 1 + seed * 3);
    StreamValue stream = new StreamValue();
    TreeMap<StreamId, List<String>> model = new TreeMap<>();
    for (int i = 0; i < STEPS; i++) {
      step(random, stream, model, limits);
      if (i % 20 == 0) {
        compare(random, stream, model);
      }
    }
  }

  private static void step(
      Random random,
      StreamValue stream,
      NavigableMap<StreamId, List<String>> model,
      NodeLimits limits) {
    int choice = random.nextInt(100);
    if (choice < 80) {
      StreamId id = laterId(random, stream.lastId());
      List<String> elements = elements(random);
      stream.append(id, request(elements), 0, limits);
      model.put(id, elements);
    } else if (choice < 97) {
      StreamId id = someId(random, model);
      assertThat(stream.delete(id)).isEqualTo(model.remove(id) != null);
    } else if (choice == 97) {
      long length = random.nextInt(model.size() + 2);
      boolean approximate = random.nextBoolean();
      long removed = stream.trim(new Trim.MaxLength(length, approximate, 0, References.KEEPREF));
      assertThat(stream.length()).isEqualTo(model.size() - removed);
      if (!approximate) {
        assertThat(removed).isEqualTo(Math.max(model.size() - length, 0));
      }
      dropFirst(model, removed);
    } else if (choice == 98) {
      StreamId from = someId(random, model);
      boolean approximate = random.nextBoolean();
      long before = model.headMap(from, false).size();
      long removed = stream.trim(new Trim.MinId(from, approximate, 0, References.KEEPREF));
      assertThat(removed).isLessThanOrEqualTo(before);
      if (!approximate) {
        assertThat(removed).isEqualTo(before);
      }
      dropFirst(model, removed);
    }
  }

  private static void dropFirst(NavigableMap<StreamId, List<String>> model, long count) {
    for (long i = 0; i < count; i++) {
      model.pollFirstEntry();
    }
  }

  private static void compare(
      Random random, StreamValue stream, NavigableMap<StreamId, List<String>> model) {
    assertThat(stream.length()).isEqualTo(model.size());
    assertThat(stream.firstId()).isEqualTo(model.isEmpty() ? StreamId.MIN : model.firstKey());
    assertThat(stream.lastEntryId()).isEqualTo(model.isEmpty() ? StreamId.MIN : model.lastKey());
    StreamId from = someId(random, model);
    StreamId to = someId(random, model);
    Map<StreamId, List<String>> expected =
        from.isAfter(to) ? Map.of() : model.subMap(from, true, to, true);
    assertThat(read(stream.range(from, to)))
        .containsExactlyElementsOf(expected.entrySet().stream().map(Object::toString).toList());
    assertThat(read(stream.reverseRange(from, to)).reversed())
        .containsExactlyElementsOf(expected.entrySet().stream().map(Object::toString).toList());
    assertThat(stream.count(from, to, Long.MAX_VALUE)).isEqualTo(expected.size());
    assertThat(stream.count(from, to, 5)).isEqualTo(Math.min(expected.size(), 5));
  }

  private static List<String> read(StreamCursor cursor) {
    List<String> entries = new ArrayList<>();
    while (cursor.next()) {
      List<String> elements = new ArrayList<>();
      cursor.read(new Collector(elements));
      entries.add(cursor.id() + "=" + elements);
    }
    return entries;
  }

  private record Collector(List<String> elements) implements ElementSink {
    @Override
    public void string(byte[] array, int offset, int length) {
      elements.add(new String(array, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void integer(long value) {
      elements.add(Long.toString(value));
    }
  }

  private static StreamId laterId(Random random, StreamId last) {
    return switch (random.nextInt(4)) {
      case 0 -> new StreamId(last.ms() + 1 + random.nextInt(70_000), random.nextInt(5));
      case 1 -> new StreamId(last.ms() + 1, random.nextLong());
      default -> last.next();
    };
  }

  private static StreamId someId(Random random, NavigableMap<StreamId, List<String>> model) {
    if (model.isEmpty() || random.nextInt(10) == 0) {
      return new StreamId(random.nextInt(100_000), 0);
    }
    int from = random.nextInt(10) == 0 ? random.nextInt(model.size()) : 0;
    return model.keySet().stream()
        .skip(from + random.nextInt(model.size() - from))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> elements(Random random) {
    if (random.nextInt(3) > 0) {
      return List.of("field", element(random), "7", element(random));
    }
    List<String> elements = new ArrayList<>();
    for (int i = 2 + 2 * random.nextInt(3); i > 0; i--) {
      elements.add(element(random));
    }
    return elements;
  }

  private static String element(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 1 -> "x".repeat(random.nextInt(5000));
      case 2 -> "0" + random.nextInt(10);
      case 3 -> "";
      default -> "y".repeat(random.nextInt(130));
    };
  }

  private static Request request(List<String> elements) {
    return Request.of(
        elements.stream()
            .map(each -> each.getBytes(StandardCharsets.ISO_8859_1))
            .toArray(byte[][]::new));
  }

  @Test
  void stringsAndIntegersOfAllSizesComeBackAsTheyWere() {
    List<String> values = new ArrayList<>();
    for (int length : new int[] {0, 1, 63, 64, 127, 4095, 4096, 16_380, 16_384, 2_097_160}) {
      values.add("z".repeat(length));
    }
    for (int bit = 0; bit < 63; bit++) {
      for (long near = -1; near <= 1; near++) {
        values.add(Long.toString((1L << bit) + near));
        values.add(Long.toString(-(1L << bit) + near));
      }
    }
    values.addAll(List.of("9223372036854775807", "-9223372036854775808", "9223372036854775808"));
    values.addAll(List.of("-0", "+1", "01", " 1", "1 "));
    if (values.size() % 2 == 1) {
      values.add("even");
    }
    StreamValue stream = new StreamValue();
    stream.append(new StreamId(1, 1), request(values), 0, USUAL);
    stream.append(new StreamId(2, 1), request(values), 0, USUAL);
    List<String> expected = List.of("1-1=" + values, "2-1=" + values);
    assertThat(read(stream.range(StreamId.MIN, StreamId.MAX))).isEqualTo(expected);
    assertThat(read(stream.reverseRange(StreamId.MIN, StreamId.MAX)).reversed())
        .isEqualTo(expected);
  }

  @Test
  void anEntryOfOneShortFieldCostsLittleMoreThanItsBytes() {
    StreamValue stream = new StreamValue();
    Request request = request(List.of("field", "v".repeat(64)));
    for (int i = 0; i < 100_000; i++) {
      stream.append(new StreamId(1_700_000_000_000L + i / 3, i % 3), request, 0, USUAL);
    }
    long allocated = 0;
    for (int i = 0; i < stream.blocks(); i++) {
      allocated += stream.block(i).allocated() + 100;
    }
    assertThat(allocated / 100_000).isLessThanOrEqualTo(80);
  }
}
