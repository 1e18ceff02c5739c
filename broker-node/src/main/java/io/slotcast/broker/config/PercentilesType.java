package io.slotcast.broker.config;

import java.util.ArrayList;
import java.util.List;

/** Percentiles, each from 0 to 100; none at all may be written as {@code ""}. */
record PercentilesType(String name) implements ValueType<List<Double>> {
  @Override
  public boolean isList() {
    return true;
  }

  @Override
  public List<Double> parse(List<String> words, List<Double> current) throws InvalidValueException {
    if (words.equals(List.of(""))) {
      return List.of();
    }
    List<Double> percentiles = new ArrayList<>();
    for (String word : words) {
      percentiles.add(percentile(word));
    }
    return List.copyOf(percentiles);
  }

  private double percentile(String word) throws InvalidValueException {
    double value;
    try {
      value = Double.parseDouble(word);
    } catch (NumberFormatException notANumber) {
      throw new InvalidValueException("Invalid " + name + " parameters");
    }
    if (!(value >= 0 && value <= 100)) {
      throw new InvalidValueException(name + " parameters should sit between [0.0,100.0]");
    }
    return value;
  }

  @Override
  public String print(List<Double> value) {
    return String.join(" ", value.stream().map(PercentilesType::shortest).toList());
  }

  /** {@code 99.9}, and {@code 50} rather than {@code 50.0}. */
  private static String shortest(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  @Override
  public List<String> fileForm(List<Double> value) {
    return List.of(value.isEmpty() ? "\"\"" : print(value));
  }

  @Override
  public String domain() {
    return "numbers from 0 to 100";
  }
}
