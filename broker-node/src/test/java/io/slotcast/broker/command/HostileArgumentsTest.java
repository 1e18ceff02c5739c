package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every command that has keys, with arguments that nobody in his right mind would send: limits of
 * all number types, words out of place, empty and binary strings. Each is answered, with an error
 * or not, and none finds a bug.
 */
class HostileArgumentsTest {
  private static final int COMMANDS = 15_000;
  private static final int KEYS = 6;

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "7",
          "-0",
          "0.5",
          "1e400",
          "-1e-400",
          "nan",
          "inf",
          "-inf",
          "2147483648",
          "9223372036854775807",
          "-9223372036854775808",
          "9223372036854775808",
          "18446744073709551615",
          "99999999999999999999");

  private static final List<String> WORDS =
      ("0-0 1-1 5-5 1-* * $ > + - (1 [a (a ~ = g h c d f v m "
              + optionsOf("string")
              + optionsOf("list")
              + optionsOf("sorted set")
              + optionsOf("stream"))
          .lines()
          .flatMap(line -> List.of(line.split(" ")).stream())
          .toList();

  private static String optionsOf(String family) {
    return switch (family) {
      case "string" -> "EX PX EXAT PXAT KEEPTTL NX XX GT LT GET PERSIST REPLACE ASC DESC BY STORE ";
      case "list" -> "LEFT RIGHT BEFORE AFTER COUNT EXACTLY OBO BULK RANK MAXLEN ";
      case "sorted set" -> "WITHSCORES WEIGHTS AGGREGATE SUM MIN MAX LIMIT BYSCORE BYLEX REV INCR ";
      default ->
          "MAXLEN MINID KEEPREF DELREF ACKED IDMP IDMPAUTO DELAY AT NOMKSTREAM GROUP MAXCOUNT"
              + " MAXSIZE CLAIM NOACK STREAMS IDS SILENT FAIL FATAL RETRYCOUNT FORCE JUSTID IDLE TIME"
              + " LASTID MKSTREAM ENTRIESREAD FULL IDMP-DURATION IDMP-MAXSIZE";
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void eachIsAnsweredAndNoneFindsABug(long seed) {
    Random random = new Random(seed);
    try (SingleNode node = SingleNode.start()) {
      RespConnection client = node.connect();
      List<List<String>> names = namesOfKeyCommands(client);
      RandomWrites writes = new RandomWrites(seed);
      for (int i = 0; i < COMMANDS; i++) {
        // Every other one writes something, so that there is what the others can go wrong with.
        String[] command = i % 2 == 0 ? writes.next() : hostile(random, names);
        // Within a transaction nothing waits.
        client.call("MULTI");
        client.call(command);
        assertThat(client.call("EXEC"))
            .as("seed %d: %s", seed, String.join(" ", command))
            .doesNotContain("internal error");
      }
      assertThat(client.line("PING")).isEqualTo("+PONG\r\n");
    }
  }

  /** Each command by its name, a subcommand by its container's and its own. */
  private static List<List<String>> namesOfKeyCommands(RespConnection client) {
    List<List<String>> names = new ArrayList<>();
    for (Reply command : client.reply("COMMAND").elements()) {
      addKeyCommand(command, names);
      command.elements().get(9).elements().forEach(sub -> addKeyCommand(sub, names));
    }
    assertThat(names).hasSizeGreaterThan(100);
    return names;
  }

  private static void addKeyCommand(Reply command, List<List<String>> names) {
    boolean hasKeys = !command.elements().get(8).elements().isEmpty();
    if (hasKeys) {
      names.add(List.of(command.elements().getFirst().text().split("\\|")));
    }
  }

  private static String[] hostile(Random random, List<List<String>> names) {
    List<String> command = new ArrayList<>(names.get(random.nextInt(names.size())));
    command.add(key(random));
    for (int more = random.nextInt(7); more > 0; more--) {
      command.add(argument(random));
    }
    return command.toArray(String[]::new);
  }

  private static String argument(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> NUMBERS.get(random.nextInt(NUMBERS.size()));
      case 3, 4, 5 -> WORDS.get(random.nextInt(WORDS.size()));
      case 6 -> random.nextBoolean() ? "" : "\0\r\n\u00ff";
      default -> key(random);
    };
  }

  /** One of the keys that {@link RandomWrites} writes. */
  private static String key(Random random) {
    return "{k}" + "slthzx".charAt(random.nextInt(KEYS)) + random.nextInt(4);
  }
}
