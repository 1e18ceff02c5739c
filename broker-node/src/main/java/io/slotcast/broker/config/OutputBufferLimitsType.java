package io.slotcast.broker.config;

import io.slotcast.broker.config.OutputBufferLimits.Limit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;

/** Groups of {@code class hard soft seconds}; a class that is not named keeps its limit. */
record OutputBufferLimitsType() implements ValueType<OutputBufferLimits> {
  private static final int GROUP = 4;

  @Override
  public boolean isList() {
    return true;
  }

  @Override
  public OutputBufferLimits parse(List<String> words, OutputBufferLimits current)
      throws InvalidValueException {
    if (words.size() % GROUP != 0) {
      throw new InvalidValueException("Wrong number of arguments in buffer limit configuration.");
    }
    OutputBufferLimits limits = current;
    for (int i = 0; i < words.size(); i += GROUP) {
      limits = with(limits, words.get(i), words.subList(i + 1, i + GROUP));
    }
    return limits;
  }

  private static OutputBufferLimits with(OutputBufferLimits limits, String name, List<String> words)
      throws InvalidValueException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "normal" -> new OutputBufferLimits(limit(words), limits.replica(), limits.pubsub());
      case "slave", "replica" ->
          new OutputBufferLimits(limits.normal(), limit(words), limits.pubsub());
      case "pubsub" -> new OutputBufferLimits(limits.normal(), limits.replica(), limit(words));
      default ->
          throw new InvalidValueException(
              "Invalid client class specified in buffer limit configuration.");
    };
  }

  private static Limit limit(List<String> words) throws InvalidValueException {
    OptionalLong hard = MemorySize.parse(words.get(0));
    OptionalLong soft = MemorySize.parse(words.get(1));
    if (hard.isPresent() && soft.isPresent()) {
      try {
        long seconds = LongType.parse(words.get(2), 0, Integer.MAX_VALUE);
        return new Limit(hard.getAsLong(), soft.getAsLong(), Duration.ofSeconds(seconds));
      } catch (InvalidValueException notSeconds) {
        // Redis has one text for all three.
      }
    }
    throw new InvalidValueException(
        "Error in hard, soft or soft_seconds setting in buffer limit configuration.");
  }

  @Override
  public String print(OutputBufferLimits value) {
    return String.join(" ", groups(value, bytes -> Long.toString(bytes)));
  }

  @Override
  public List<String> fileForm(OutputBufferLimits value) {
    return groups(value, MemorySize::shortForm);
  }

  private static List<String> groups(OutputBufferLimits value, Function<Long, String> size) {
    return List.of(
        group("normal", value.normal(), size),
        group("slave", value.replica(), size),
        group("pubsub", value.pubsub(), size));
  }

  private static String group(String name, Limit limit, Function<Long, String> size) {
    return String.join(
        " ",
        name,
        size.apply(limit.hardBytes()),
        size.apply(limit.softBytes()),
        Long.toString(limit.softTime().toSeconds()));
  }

  @Override
  public String domain() {
    return "class, hard size, soft size, seconds; classes normal, replica, pubsub";
  }
}
