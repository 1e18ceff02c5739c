package io.slotcast.broker.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come, and however they are cut: the same requests, then the same error or a wait
 * for more. What the errors say is held against a real server by the protocol's oracle tests.
 */
class RequestReaderTest {
  private static final RequestLimits LIMITS = new RequestLimits(100_000, 10_000);

  /** The pieces that requests are made of, and some that have no place there. */
  private static final List<String> SCRAPS =
      List.of(
          "*",
          "$",
          ":",
          "\r\n",
          "\r",
          "\n",
          "-1",
          "0",
          "1",
          "2",
          "3",
          "10",
          "65536",
          "100001",
          "99999999999999999999",
          "PING",
          "\"",
          "'",
          "\\x41",
          " ",
          "\0",
          "\u00ff",
          "$4\r\nPING\r\n",
          "*1\r\n$4\r\nPING\r\n",
          "*0\r\n",
          "*-1\r\n",
          "$0\r\n\r\n",
          "PING\r\n",
          "*2\r\n$1\r\na");

  @Test
  void requestsOfAllFormsAndSizesAreReadAsTheyWereWritten() {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      List<List<String>> requests = new ArrayList<>();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int i = random.nextInt(10); i >= 0; i--) {
        List<String> request = randomRequest(random);
        requests.add(request);
        bytes.writeBytes(latin1(encode(request, random)));
      }
      byte[] stream = bytes.toByteArray();

      assertThat(Reading.whole(stream)).isEqualTo(new Reading(requests, "", stream.length));
      assertThat(Reading.inPieces(stream, random)).isEqualTo(Reading.whole(stream));
    }
  }

  @Test
  void everySplitOfAPipelineGivesTheSameRequests() {
    String pipeline =
        String.join(
            "\r\n",
            "*2",
            "$4",
            "ECHO",
            "$12",
            "hello\r\nworld",
            "PING",
            "*0",
            "",
            "ECHO \"a b\"",
            "*3",
            "$3",
            "SET",
            "$0",
            "",
            "$1",
            "v",
            "*1",
            "$4",
            "QUIT",
            "");
    byte[] stream = latin1(pipeline);
    Reading whole = Reading.whole(stream);
    assertThat(whole.requests())
        .containsExactly(
            List.of("ECHO", "hello\r\nworld"),
            List.of("PING"),
            List.of("ECHO", "a b"),
            List.of("SET", "", "v"),
            List.of("QUIT"));

    for (int first = 0; first <= stream.length; first++) {
      for (int second = first; second <= stream.length; second++) {
        assertThat(Reading.cutAt(stream, first, second)).isEqualTo(whole);
      }
    }
  }

  @Test
  void randomBytesEndInAnErrorOrAWaitWhereverTheyAreCut() {
    Random random = new Random(2);
    for (int round = 0; round < 20_000; round++) {
      byte[] stream = new byte[random.nextInt(200)];
      random.nextBytes(stream);
      if (random.nextBoolean() && stream.length > 0) {
        stream[0] = '*';
      }
      assertThat(Reading.inPieces(stream, random)).isEqualTo(Reading.whole(stream));
    }
  }

  @Test
  void scrapsOfRequestsEndInAnErrorOrAWaitWhereverTheyAreCut() {
    Random random = new Random(3);
    for (int round = 0; round < 30_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(SCRAPS.get(random.nextInt(SCRAPS.size())));
      }
      byte[] stream = latin1(text.toString());
      assertThat(Reading.inPieces(stream, random)).isEqualTo(Reading.whole(stream));
    }
  }

  @Test
  void mutatedRequestsEndInAnErrorOrAWaitWhereverTheyAreCut() {
    Random random = new Random(4);
    for (int round = 0; round < 10_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(4); i >= 0; i--) {
        text.append(encode(randomRequest(random), random));
      }
      byte[] stream = mutate(latin1(text.toString()), random);
      assertThat(Reading.inPieces(stream, random)).isEqualTo(Reading.whole(stream));
    }
  }

  @Test
  void aHugeCountOrLengthThatIsAllowedTakesNoMemoryBeforeItsBytesCome() throws Exception {
    RequestReader reader = new RequestReader();
    RequestLimits limits = new RequestLimits(Long.MAX_VALUE / 2, Integer.MAX_VALUE);
    byte[] header = latin1("*2147483647\r\n$536870912\r\n");
    assertThat(reader.read(header, 0, header.length, limits)).isEqualTo(-1);
    assertThat(reader.isUnfinished()).isTrue();
    assertThat(reader.request().count()).isZero();
  }

  private static List<String> randomRequest(Random random) {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 100 : 5); i >= 0; i--) {
      int length = random.nextInt(random.nextInt(20) == 0 ? 20_000 : 20);
      byte[] word = new byte[length];
      random.nextBytes(word);
      words.add(new String(word, StandardCharsets.ISO_8859_1));
    }
    return words;
  }

  /** As an array, or, where its words allow it, sometimes inline. */
  private static String encode(List<String> words, Random random) {
    StringBuilder text = new StringBuilder();
    boolean plain = words.stream().allMatch(word -> word.matches("[a-zA-Z0-9]+"));
    if (plain && random.nextBoolean()) {
      return String.join(" ", words) + "\r\n";
    }
    text.append('*').append(words.size()).append("\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  private static byte[] mutate(byte[] stream, Random random) {
    byte[] mutated = stream.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(mutated.length);
      if (random.nextBoolean()) {
        mutated[at] = (byte) random.nextInt(256);
      } else {
        byte[] scrap = latin1(SCRAPS.get(random.nextInt(SCRAPS.size())));
        System.arraycopy(scrap, 0, mutated, at, Math.min(scrap.length, mutated.length - at));
      }
    }
    return mutated;
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * What a reader made of a stream.
   *
   * @param error empty if there was none
   * @param handled how many bytes were whole requests
   */
  private record Reading(List<List<String>> requests, String error, int handled) {
    static Reading whole(byte[] stream) {
      return cutAt(stream);
    }

    static Reading inPieces(byte[] stream, Random random) {
      int[] cuts = new int[random.nextInt(6)];
      for (int i = 0; i < cuts.length; i++) {
        cuts[i] = random.nextInt(stream.length + 1);
      }
      Arrays.sort(cuts);
      return cutAt(stream, cuts);
    }

    /** Feeds the stream as a connection does: what is unfinished moves to another array. */
    static Reading cutAt(byte[] stream, int... cuts) {
      RequestReader reader = new RequestReader();
      List<List<String>> requests = new ArrayList<>();
      int done = 0;
      for (int i = 0; i <= cuts.length; i++) {
        int end = i == cuts.length ? stream.length : cuts[i];
        // Not always at the array's beginning, so that positions must be relative.
        int margin = i % 3;
        byte[] array = new byte[margin + end - done];
        System.arraycopy(stream, done, array, margin, end - done);
        int at = margin;
        try {
          int next = reader.read(array, at, array.length, LIMITS);
          while (next >= 0) {
            assertThat(next).as("progress").isGreaterThan(at).isLessThanOrEqualTo(array.length);
            if (reader.request().count() > 0) {
              requests.add(words(reader.request()));
            }
            at = next;
            next = reader.read(array, at, array.length, LIMITS);
          }
        } catch (ProtocolException error) {
          return new Reading(requests, String.valueOf(error.getMessage()), done + at - margin);
        }
        done += at - margin;
      }
      return new Reading(requests, "", done);
    }

    private static List<String> words(Request request) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < request.count(); i++) {
        words.add(request.text(i));
      }
      return words;
    }
  }
}
