package io.slotcast.broker.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** A length of time as a whole number of one unit, within bounds, both inclusive. */
record DurationType(ChronoUnit unit, long min, long max) implements SingleValueType<Duration> {
  @Override
  public Duration parse(String word) throws InvalidValueException {
    return Duration.of(LongType.parse(word, min, max), unit);
  }

  @Override
  public String print(Duration value) {
    return Long.toString(value.dividedBy(unit.getDuration()));
  }

  @Override
  public String domain() {
    return unitName() + ", " + LongType.range(min, max);
  }

  private String unitName() {
    return switch (unit) {
      case MICROS -> "microseconds";
      case MILLIS -> "milliseconds";
      case SECONDS -> "seconds";
      default -> throw new IllegalStateException("no directive counts in " + unit);
    };
  }
}
