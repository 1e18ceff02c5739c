package io.slotcast.broker.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up the words of commands; the same ones for the same seed. */
record RandomWords(Random random) {
  /** One of them. */
  String one(String... words) {
    return words[random.nextInt(words.length)];
  }

  /** Few or none of them, each with a space before it. */
  String some(String... words) {
    List<String> chosen = new ArrayList<>();
    for (String word : words) {
      if (random.nextInt(4) == 0) {
        chosen.add(" " + word);
      }
    }
    return String.join("", chosen);
  }

  /** From {@code least} to {@code most}. */
  int number(int least, int most) {
    return random.nextInt(least, most + 1);
  }
}
