package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slotcast.broker.OracleNode;
import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What COMMAND says of each command that Redis has as well, beside a real redis-server. */
@TestInstance(Lifecycle.PER_CLASS)
class CatalogOracleTest {
  /** Fields of COMMAND DOCS in our own words, or left out: docs/differences.md. */
  private static final Set<String> NOT_COMPARED =
      Set.of(
          "summary",
          "history",
          "subcommands",
          "since",
          "deprecated_since",
          "doc_flags",
          "replaced_by",
          "complexity");

  /** Newer than Redis 7.0, or ours alone. */
  private static final Set<String> NOT_IN_REDIS =
      Set.of(
          "blmovem",
          "client|capa",
          "client|no-touch",
          "client|setinfo",
          "cluster|cancelslotmigrations",
          "cluster|getslotmigrations",
          "cluster|migrateslots",
          "cluster|migration",
          "cluster|myshardid",
          "cluster|rebalance",
          "cluster|slot-stats",
          "lmovem",
          "peerlink",
          "spsubscribe",
          "spunsubscribe",
          "waitaof",
          "xackdel",
          "xcfgset",
          "hexpire",
          "hexpireat",
          "hexpiretime",
          "hpersist",
          "hpexpire",
          "hpexpireat",
          "hpexpiretime",
          "hpttl",
          "httl",
          "xdelex",
          "xgroup|deldeadletter",
          "xgroup|setdeadletter",
          "xidmprecord",
          "xnack");

  /** They have WITHSCORE of 7.2, and so another arity. */
  private static final Set<String> WITH_SCORE = Set.of("zrank", "zrevrank");

  /** They have options of later versions; those of Redis print PSUBSCRIBE as we do. */
  private static final Set<String> OTHER_ARGUMENTS =
      Set.of(
          "client|kill",
          "migrate",
          "psubscribe",
          "xadd",
          "xread",
          "xreadgroup",
          "xtrim",
          "zrank",
          "zrevrank");

  private OracleNode redisNode;
  private SingleNode node;
  private RespConnection redis;
  private RespConnection ours;

  @BeforeAll
  void start(@TempDir Path folder) {
    assumeThat(OracleNode.isInstalled()).isTrue();
    redisNode = OracleNode.start(folder);
    node = SingleNode.start();
    redis = redisNode.connect();
    ours = node.connect();
  }

  @AfterAll
  void stop() {
    if (redisNode != null) {
      redisNode.close();
      node.close();
    }
  }

  @Test
  void everyCommandIsOneOfRedisButForThoseNamedHere() {
    List<String> unknown =
        ourNames().stream()
            .filter(name -> redis.call("COMMAND", "INFO", name).startsWith("*1\r\n$-1"))
            .toList();
    assertThat(unknown).containsExactlyInAnyOrderElementsOf(NOT_IN_REDIS);
  }

  @Test
  void arityFlagsKeysCategoriesAndTipsAreThoseOfRedis() {
    List<String> differences = new ArrayList<>();
    for (String name : sharedNames()) {
      String theirs = infoText(redis.reply("COMMAND", "INFO", name).elements().getFirst());
      String mine = infoText(ours.reply("COMMAND", "INFO", name).elements().getFirst());
      if (!theirs.equals(mine) && !WITH_SCORE.contains(name)) {
        differences.add(name + "\n  redis " + theirs + "\n  ours  " + mine);
      }
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void argumentsAndGroupsAreThoseOfRedis() {
    List<String> differences = new ArrayList<>();
    for (String name : sharedNames()) {
      String theirs = docsText(redis.reply("COMMAND", "DOCS", name).field(name));
      String mine = docsText(ours.reply("COMMAND", "DOCS", name).field(name));
      if (!theirs.equals(mine)) {
        differences.add(name);
      }
    }
    assertThat(differences).containsExactlyInAnyOrderElementsOf(OTHER_ARGUMENTS);
  }

  @Test
  void theWholeTableIsTheSameAsItsCommandsOneByOne() {
    List<Reply> all = ours.reply("COMMAND").elements();
    assertThat(all).hasSize(Integer.parseInt(ours.reply("COMMAND", "COUNT").text()));
    for (Reply command : all) {
      String name = command.elements().getFirst().text();
      assertThat(ours.reply("COMMAND", "INFO", name).elements()).containsExactly(command);
    }
  }

  private List<String> ourNames() {
    return ours.texts("COMMAND", "LIST", "FILTERBY", "PATTERN", "*");
  }

  private List<String> sharedNames() {
    return ourNames().stream().filter(name -> !NOT_IN_REDIS.contains(name)).toList();
  }

  /** All fields but the subcommands; sets in alphabetical order. */
  private static String infoText(Reply info) {
    StringBuilder text = new StringBuilder();
    for (Reply field : info.elements().subList(0, 9)) {
      text.append(text(field)).append(' ');
    }
    return text.toString();
  }

  private static String text(Reply reply) {
    if (reply.elements().isEmpty()) {
      return reply.text();
    }
    boolean isSpec = reply.elements().stream().anyMatch(each -> each.text().equals("begin_search"));
    if (isSpec) {
      Map<String, String> fields = new TreeMap<>();
      reply.asMap().forEach((key, value) -> fields.put(key, text(value)));
      fields.remove("notes");
      return fields.toString();
    }
    return reply.elements().stream().map(CatalogOracleTest::text).sorted().toList().toString();
  }

  private static String docsText(Reply map) {
    Map<String, String> fields = new TreeMap<>();
    map.asMap()
        .forEach(
            (key, value) -> {
              if (key.equals("arguments")) {
                fields.put(
                    key,
                    value.elements().stream().map(CatalogOracleTest::docsText).toList().toString());
              } else if (!NOT_COMPARED.contains(key)) {
                fields.put(key, text(value));
              }
            });
    return fields.toString();
  }
}
