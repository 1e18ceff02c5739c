package io.slotcast.broker.command;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Draws commands that write keys of all types, few keys and few values, so that they often meet.
 */
final class RandomWrites {
  private static final int KEYS = 4;
  private static final String FAR = "4102444800";

  private final Random random;

  RandomWrites(long seed) {
    this.random = new Random(seed);
  }

  Random random() {
    return random;
  }

  /** A command that does not wait, or not for long. */
  String[] next() {
    List<Supplier<String>> families =
        List.of(
            this::string,
            this::generic,
            this::list,
            this::set,
            this::hash,
            this::sortedSet,
            this::stream,
            this::stream);
    return pick(families).get().split(" ");
  }

  @SafeVarargs
  private <T> T any(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A key that usually holds that type. */
  private String key(String type) {
    String usual = random.nextInt(40) == 0 ? any("s", "l", "t", "h", "z", "x") : type;
    return "{k}" + usual + random.nextInt(KEYS);
  }

  private String value() {
    return any("a", "b", "c", "7", "-3", "x".repeat(random.nextInt(80)) + "y");
  }

  private String number() {
    return Integer.toString(random.nextInt(9) - 3);
  }

  private String end() {
    return any("LEFT", "RIGHT");
  }

  private String string() {
    String key = key("s");
    return switch (random.nextInt(14)) {
      case 0 ->
          "SET " + key + " " + value() + any("", " EX 1000", " KEEPTTL", " PXAT " + FAR + "000");
      case 1 -> "SET " + key + " " + value() + any(" NX", " XX", " GET", " XX GET PX 999999");
      case 2 -> "SETEX " + key + " 1000 " + value();
      case 3 -> "SETNX " + key + " " + value();
      case 4 -> "GETSET " + key + " " + value();
      case 5 -> "GETDEL " + key;
      case 6 -> "GETEX " + key + any("", " EX 1000", " PERSIST", " EXAT " + FAR, " PXAT 1");
      case 7 -> "APPEND " + key + " " + value();
      case 8 -> any("INCR ", "DECR ") + key;
      case 9 -> "INCRBY " + key + " " + number();
      case 10 -> "INCRBYFLOAT " + key + " 0." + random.nextInt(100);
      case 11 -> "SETRANGE " + key + " " + random.nextInt(20) + " " + value();
      case 12 -> "MSET " + key + " " + value() + " " + key("s") + " " + value();
      default -> "MSETNX " + key + " " + value() + " " + key("s") + " " + value();
    };
  }

  private String generic() {
    String key = key(any("s", "l", "t", "h", "z", "x"));
    return switch (random.nextInt(10)) {
      case 0 -> any("DEL ", "UNLINK ") + key;
      case 1 -> "EXPIRE " + key + " 1000" + any("", " NX", " XX", " GT", " LT");
      case 2 -> "PEXPIREAT " + key + " " + FAR + random.nextInt(1000);
      case 3 -> "PERSIST " + key;
      case 4 -> random.nextInt(4) > 0 ? "PERSIST " + key : "EXPIRE " + key + " -1";
      case 5 -> "RENAME " + key + " " + key("s");
      case 6 -> "RENAMENX " + key + " " + key("l");
      case 7 -> "COPY " + key + " " + key("x") + any("", " REPLACE");
      case 8 -> "SORT " + key("t") + " ALPHA LIMIT 0 9 STORE " + key("l");
      default -> "EXPIREAT " + key + " " + FAR;
    };
  }

  private String list() {
    String key = key("l");
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> any("LPUSH ", "RPUSH ") + key + " " + value() + " " + value();
      case 3 -> any("LPUSHX ", "RPUSHX ") + key + " " + value();
      case 4 -> any("LPOP ", "RPOP ") + key + any("", " 2");
      case 5 -> "LINSERT " + key + any(" BEFORE ", " AFTER ") + value() + " " + value();
      case 6 -> "LSET " + key + " " + number() + " " + value();
      case 7 -> "LREM " + key + " " + number() + " " + value();
      case 8 -> "LTRIM " + key + " " + number() + " " + (random.nextInt(40) - 5);
      case 9 -> "LMOVE " + key + " " + key("l") + " " + end() + " " + end();
      case 10 -> "RPOPLPUSH " + key + " " + key("l");
      case 11 -> "LMPOP 2 " + key + " " + key("l") + " " + end() + any("", " COUNT 3");
      case 12 -> "LMOVEM " + key + " " + key("l") + " " + end() + " " + end() + many();
      case 13 -> any("BLPOP ", "BRPOP ") + key + " " + key("l") + " 0.001";
      case 14 -> "BLMOVE " + key + " " + key("l") + " " + end() + " " + end() + " 0.001";
      default -> "BLMOVEM " + key + " " + key("l") + " " + end() + " " + end() + " 0.001" + many();
    };
  }

  private String many() {
    return any("", " COUNT 3 OBO", " COUNT 2 BULK", " EXACTLY 2 OBO", " EXACTLY 3 BULK");
  }

  private String set() {
    String key = key("t");
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> "SADD " + key + " " + value() + " " + random.nextInt(30);
      case 3 -> "SREM " + key + " " + value() + " " + random.nextInt(30);
      case 4 -> "SPOP " + key + any("", " 2", " 50");
      case 5 -> "SMOVE " + key + " " + key("t") + " " + value();
      default ->
          any("SINTERSTORE ", "SUNIONSTORE ", "SDIFFSTORE ")
              + key
              + " "
              + key("t")
              + " "
              + key("t");
    };
  }

  private String hash() {
    String key = key("h");
    String field = "f" + random.nextInt(12);
    return switch (random.nextInt(10)) {
      case 0, 1 -> "HSET " + key + " " + field + " " + value() + " g " + number();
      case 2 -> "HSETNX " + key + " " + field + " " + value();
      case 3 -> "HDEL " + key + " " + field + " g";
      case 4 -> "HINCRBY " + key + " g " + number();
      case 5 -> "HINCRBYFLOAT " + key + " g 1." + random.nextInt(100);
      case 6 -> "HEXPIRE " + key + " 1000" + any("", " NX", " GT") + " FIELDS 2 g " + field;
      case 7 -> "HPERSIST " + key + " FIELDS 1 " + field;
      case 8 -> "HPEXPIREAT " + key + any(" 1", " " + FAR + "000") + " FIELDS 1 " + field;
      default -> "HMSET " + key + " " + field + " " + value();
    };
  }

  private String sortedSet() {
    String key = key("z");
    String member = "m" + random.nextInt(15);
    return switch (random.nextInt(12)) {
      case 0, 1, 2 ->
          "ZADD " + key + " " + number() + " " + member + " " + number() + " " + value();
      case 3 -> "ZADD " + key + any(" NX ", " XX ", " GT CH ", " LT ") + number() + " " + member;
      case 4 -> "ZINCRBY " + key + " 0.5 " + member;
      case 5 -> "ZREM " + key + " " + member + " " + value();
      case 6 -> any("ZPOPMIN ", "ZPOPMAX ") + key + any("", " 2");
      case 7 -> "ZMPOP 2 " + key + " " + key("z") + any(" MIN", " MAX COUNT 2");
      case 8 -> any("BZPOPMIN ", "BZPOPMAX ") + key + " " + key("z") + " 0.001";
      case 9 -> "ZRANGESTORE " + key + " " + key("z") + " 0 5";
      case 10 -> any("ZUNIONSTORE ", "ZINTERSTORE ") + key + " 2 " + key("z") + " " + key("z");
      default -> "ZREMRANGEBYRANK " + key + " 0 " + random.nextInt(3);
    };
  }

  private String stream() {
    String key = key("x");
    String group = any("g", "h");
    String consumer = any("c", "d");
    String owned = group + " " + consumer;
    String id = "9" + random.nextInt(40) + "-0";
    return switch (random.nextInt(24)) {
      case 0, 1, 2 -> "XADD " + key + trim() + " * f " + value() + " g " + value();
      case 3 -> "XADD " + key + " * " + value() + " " + value();
      case 4 ->
          "XADD " + key + any(" IDMP p i" + random.nextInt(5), " IDMPAUTO q") + trim() + " * f 1";
      case 5 ->
          "XADD " + key + any(" DELAY 3", " DELAY 900000", " AT " + FAR + "000") + " * f later";
      case 6 -> "XADD " + key + " NOMKSTREAM 9" + random.nextInt(40) + "-* f v";
      case 7 -> any("XDEL ", "XDELEX ") + key + " " + id;
      case 8 -> "XTRIM " + key + trim();
      case 9 -> "XGROUP CREATE " + key + " " + group + any(" 0", " $", " 0 MKSTREAM");
      case 10 -> random.nextInt(5) > 0 ? "XLEN " + key : "XGROUP DESTROY " + key + " " + group;
      case 11 -> "XGROUP CREATECONSUMER " + key + " " + owned;
      case 12 -> random.nextInt(3) > 0 ? "XLEN " + key : "XGROUP DELCONSUMER " + key + " " + owned;
      case 13 -> "XGROUP SETID " + key + " " + group + any(" 0", " $", " 920-0");
      case 14 -> "XGROUP SETDEADLETTER " + key + " " + group + " " + key("x") + " 2";
      case 15, 16 ->
          "XREADGROUP GROUP "
              + owned
              + any("", " COUNT 3", " NOACK", " CLAIM 0", " BLOCK 2 CLAIM 1")
              + " STREAMS "
              + key
              + any(" >", " >", " 0");
      case 17 -> "XAUTOCLAIM " + key + " " + owned + " 0 0" + any("", " COUNT 2", " JUSTID");
      case 18 ->
          "XCLAIM " + key + " " + owned + " 0 " + id + any(" FORCE", " IDLE 5000", " JUSTID");
      case 19 ->
          "XNACK "
              + key
              + " "
              + group
              + any(" SILENT", " FAIL", " FATAL")
              + " IDS 1 "
              + id
              + any("", " FORCE");
      case 20 -> any("XACK ", "XACKDEL ") + key + " " + group + any(" ", " DELREF IDS 1 ") + id;
      case 21 -> "XCFGSET " + key + " IDMP-MAXSIZE " + (2 + random.nextInt(3));
      case 22 -> "XADD " + key + " " + id + " f v";
      default -> "XSETID " + key + " 9" + random.nextInt(40) + "-1";
    };
  }

  private String trim() {
    return any(
        "",
        "",
        " MAXLEN ~ 5",
        " MAXLEN 12",
        " MAXLEN 6 ACKED",
        " MAXLEN = 9 DELREF",
        " MINID 910-0",
        " MINID ~ 920 ACKED");
  }
}
