package io.slotcast.broker.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Pairs of seconds and changes; {@code ""} for none. Lines of a file add up. */
record SavePointsType() implements ValueType<List<SavePoint>> {
  @Override
  public boolean isList() {
    return true;
  }

  @Override
  public List<SavePoint> parse(List<String> words, List<SavePoint> current)
      throws InvalidValueException {
    if (words.equals(List.of(""))) {
      return List.of();
    }
    if (words.size() % 2 != 0) {
      throw invalid();
    }
    List<SavePoint> points = new ArrayList<>();
    for (int i = 0; i < words.size(); i += 2) {
      points.add(point(words.get(i), words.get(i + 1)));
    }
    return List.copyOf(points);
  }

  private static SavePoint point(String seconds, String changes) throws InvalidValueException {
    try {
      return new SavePoint(
          LongType.parse(seconds, 1, Long.MAX_VALUE),
          Math.toIntExact(LongType.parse(changes, 0, Integer.MAX_VALUE)));
    } catch (InvalidValueException notNumbers) {
      throw invalid();
    }
  }

  private static InvalidValueException invalid() {
    return new InvalidValueException("Invalid save parameters");
  }

  @Override
  public List<SavePoint> repeated(List<SavePoint> earlier, List<SavePoint> later) {
    return later.isEmpty() ? later : Stream.of(earlier, later).flatMap(List::stream).toList();
  }

  @Override
  public String print(List<SavePoint> value) {
    return String.join(" ", lines(value));
  }

  private static List<String> lines(List<SavePoint> value) {
    return value.stream().map(point -> point.seconds() + " " + point.changes()).toList();
  }

  @Override
  public List<String> fileForm(List<SavePoint> value) {
    return value.isEmpty() ? List.of("\"\"") : lines(value);
  }

  @Override
  public String domain() {
    return "pairs of seconds and changes";
  }
}
