package io.slotcast.broker.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slotcast.broker.OracleNode;
import io.slotcast.broker.RespConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        "\"\" \"\" yes",
        "\"\" a no",
        "* \"\" no",
        "* abc yes",
        "** abc yes",
        "? a yes",
        "? \"\" no",
        "? ab no",
        "a*c abbbc yes",
        "a*c ac yes",
        "a*c abcd no",
        "*a*b*c* xaxbxcx yes",
        "*a*b*c* xaxcxbx no",
        "h[ae]llo hallo yes",
        "h[ae]llo hillo no",
        "h[^e]llo hallo yes",
        "h[^e]llo hello no",
        "h[a-b]llo hbllo yes",
        "h[b-a]llo hallo yes",
        "h[a-b]llo hcllo no",
        "[]a a no",
        "[^]a a no",
        "[^] a yes",
        "[a a yes",
        "[a b no",
        "[a-] a yes",
        "[a-] - no",
        "[a-c b yes",
        "[\\]] ] yes",
        "[\\a-c] b no",
        "[\\a-c] - yes",
        "\\* * yes",
        "\\* a no",
        "a\\ a\\ yes",
        "\\\\ \\ yes",
        "ab\\ ab no",
        "A a no"
      })
  void matchesAsRedisDoes(String pattern, String text, String expected) {
    assertThat(matches(pattern, text)).isEqualTo(expected.equals("yes"));
  }

  @Test
  void bytesAboveAsciiAreNotNegative() {
    assertThat(matches("[a-\u00ff]", "\u00f0")).isTrue();
    assertThat(matches("[a-\u00ff]", "A")).isFalse();
    assertThat(matches("\u00e9?", "\u00e9\u0000")).isTrue();
  }

  @Test
  void manyStarsCostNoMoreThanThePatternTimesTheText() {
    String pattern = "a*".repeat(50) + "b";
    assertThat(matches(pattern, "a".repeat(5_000))).isFalse();
    assertThat(matches(pattern, "a".repeat(5_000) + "b")).isTrue();
  }

  @Test
  void aSliceIsMatchedWithoutItsSurroundings() {
    GlobPattern pattern = new GlobPattern(bytes("b*d"));
    assertThat(pattern.matches(bytes("abcde"), 1, 3)).isTrue();
    assertThat(pattern.matches(bytes("abcde"), 1, 4)).isFalse();
    assertThat(pattern.matches(bytes("abcde"), 0, 4)).isFalse();
  }

  /** Random patterns, most of them odd, over all short words: KEYS of a real server decides. */
  @Test
  void matchesTheSameKeysAsRedis(@TempDir Path folder) {
    assumeThat(OracleNode.isInstalled()).isTrue();
    Random random = new Random(19_700_101);
    try (OracleNode redis = OracleNode.start(folder)) {
      RespConnection connection = redis.connect();
      Set<String> keys = new TreeSet<>();
      for (int i = 0; i < 400; i++) {
        keys.add(word(random, "ab-]^\\", 5));
      }
      keys.forEach(key -> connection.call("SET", key, ""));
      for (int i = 0; i < 3_000; i++) {
        String pattern = word(random, "aabb**??[[]]^-\\", 7);
        if (pattern.equals("*")) {
          // KEYS does not match this one, it takes all.
          continue;
        }
        List<String> ours = keys.stream().filter(key -> matches(pattern, key)).toList();
        assertThat(ours)
            .as("keys that match %s", pattern)
            .containsExactlyInAnyOrderElementsOf(connection.texts("KEYS", pattern));
      }
    }
  }

  private static String word(Random random, String letters, int longest) {
    StringBuilder word = new StringBuilder();
    for (int length = random.nextInt(longest + 1); length > 0; length--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  private static boolean matches(String pattern, String text) {
    return new GlobPattern(bytes(pattern)).matches(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
