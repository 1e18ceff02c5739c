package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slotcast.broker.OracleNode;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sorted sets under random commands, byte for byte as a real Redis 7.0 answers. */
@TestInstance(Lifecycle.PER_CLASS)
class SortedSetRandomOracleTest {
  private static final int COMMANDS = 1_500;

  /** The only key whose members are asked for by their bytes: they all have one score. */
  private static final String ONE_SCORE = "{t}lex";

  private static final List<String> KEYS =
      List.of("{t}a", "{t}b", "{t}c", "{t}set", "{t}string", "{t}none");

  private static final List<String> ODD_SCORES =
      List.of("inf", "-inf", "1e300", "-1e300", "0x1F", "1e17", "9007199254740993", "nan", "x");

  private OracleNode redisNode;
  private SingleNode node;

  @BeforeAll
  void start(@TempDir Path folder) {
    assumeThat(OracleNode.isInstalled()).isTrue();
    redisNode = OracleNode.start(folder);
    node = SingleNode.start();
  }

  @AfterAll
  void stop() {
    if (redisNode != null) {
      redisNode.close();
      node.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2, 128", "2, 3, 128", "3, 2, 0", "4, 3, 8"})
  void repliesAreTheSame(long seed, int protocol, int packedEntries) {
    RespConnection redis = redisNode.connect();
    RespConnection ours = node.connect();
    for (RespConnection each : List.of(redis, ours)) {
      each.line("HELLO " + protocol);
      each.line("FLUSHALL");
      each.line("CONFIG SET zset-max-listpack-entries " + packedEntries);
    }
    Commands commands = new Commands(new RandomWords(new Random(seed)));
    for (int i = 0; i < COMMANDS; i++) {
      String command = commands.next();
      assertThat(ours.line(command))
          .as("seed %s, command %s: %s", seed, i, command)
          .isEqualTo(redis.line(command));
    }
  }

  /** Makes them up. */
  private record Commands(RandomWords words) {
    String next() {
      return switch (words.random().nextInt(24)) {
        case 0, 1, 2, 3 -> "ZADD " + key() + some("NX", "XX", "GT", "LT", "CH") + pairs(8);
        case 4 -> "ZADD " + key() + some("NX", "XX", "GT", "LT", "CH") + " INCR" + pairs(1);
        case 5 -> "ZINCRBY " + key() + pairs(1);
        case 6 -> "ZREM " + key() + " " + member() + " " + member();
        case 7 -> "ZMSCORE " + key() + " " + member() + " " + member();
        case 8 -> one("ZRANK ", "ZREVRANK ") + key() + " " + member();
        case 9 -> "ZCOUNT " + key() + bounds();
        case 10 -> one("ZRANGE ", "ZREVRANGE ") + key() + places() + some("WITHSCORES");
        case 11 -> one("ZRANGEBYSCORE ", "ZREVRANGEBYSCORE ") + key() + bounds() + limit();
        case 12 -> "ZRANGE " + key() + bounds() + " BYSCORE" + some("REV", "WITHSCORES") + limit();
        case 13 -> one("ZRANGEBYLEX ", "ZREVRANGEBYLEX ") + ONE_SCORE + memberBounds() + limit();
        case 14 -> one("ZLEXCOUNT ", "ZREMRANGEBYLEX ") + ONE_SCORE + memberBounds();
        case 15, 16 -> "ZADD " + ONE_SCORE + " 0 " + member() + " 0 " + member();
        case 17 -> "ZREMRANGEBYRANK " + key() + places();
        case 18 -> "ZREMRANGEBYSCORE " + key() + bounds();
        case 19 -> one("ZPOPMIN ", "ZPOPMAX ") + key() + one("", " 3", " 0");
        case 20 -> "ZMPOP 2 " + key() + " " + key() + one(" MIN", " MAX") + one("", " COUNT 2");
        case 21 -> combination();
        case 22 -> "ZRANGESTORE " + key() + " " + key() + places() + some("REV");
        default -> one("DEL ", "ZCARD ", "TYPE ", "SADD {t}set m1 m2 ") + key();
      };
    }

    private String combination() {
      String operation = one("ZUNION", "ZINTER", "ZDIFF", "ZINTERCARD");
      String sources = " 3 " + key() + " " + key() + " " + key();
      String options =
          words.random().nextBoolean()
              ? ""
              : " WEIGHTS " + score() + " 2 0.1 AGGREGATE" + one(" SUM", " MIN", " MAX");
      return words.random().nextBoolean()
          ? operation + sources + options + some("WITHSCORES")
          : operation + "STORE " + key() + sources + options;
    }

    private String key() {
      return KEYS.get(words.random().nextInt(KEYS.size()));
    }

    private String member() {
      return words.random().nextInt(20) > 0
          ? "m" + words.random().nextInt(40)
          : one("", "-7", "12", "x".repeat(64), "x".repeat(65));
    }

    private String score() {
      return switch (words.random().nextInt(10)) {
        case 0 -> ODD_SCORES.get(words.random().nextInt(ODD_SCORES.size()));
        case 1, 2, 3 -> String.valueOf(words.random().nextInt(4_000) / 128.0);
        case 4 -> String.valueOf(words.random().nextGaussian());
        default -> String.valueOf(words.random().nextInt(30));
      };
    }

    private String pairs(int most) {
      StringBuilder pairs = new StringBuilder();
      for (int i = words.random().nextInt(most); i >= 0; i--) {
        pairs.append(' ').append(score()).append(' ').append(member());
      }
      return pairs.toString();
    }

    private String bounds() {
      return " " + one("", "(") + score() + " " + one("", "(") + score();
    }

    private String memberBounds() {
      return " " + one("-", "+", "[", "(", "[" + member(), "(" + member()) + " (" + member();
    }

    private String places() {
      return " " + (words.random().nextInt(60) - 30) + " " + (words.random().nextInt(60) - 30);
    }

    private String limit() {
      return words.random().nextBoolean()
          ? ""
          : " LIMIT " + (words.random().nextInt(12) - 1) + " " + (words.random().nextInt(12) - 2);
    }

    private String one(String... from) {
      return words.one(from);
    }

    private String some(String... from) {
      return words.some(from);
    }
  }
}
