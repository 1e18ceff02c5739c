package io.slotcast.broker.journal;

import io.slotcast.broker.RespConnection;
import java.util.ArrayList;
import java.util.List;

/** Keys of all types and encodings that Redis 7.0 knows, made by commands. */
final class SampleKeys {
  /** Years from now. */
  private static final String LATER = "4000000000000";

  private SampleKeys() {}

  static void write(RespConnection to) {
    for (int i = 0; i < 300; i++) {
      to.call("SET", "string:" + i, "value " + "x".repeat(i));
    }
    to.call("SET", "number", "12345");
    to.call("SET", "negative", "-7");
    to.call("SET", "", "the key without a name");
    to.call("SET", "binary\0\r\n", "\0\1\2");
    to.call("SET", "expires", "later", "PXAT", LATER);
    for (int i = 0; i < 1000; i++) {
      to.call("RPUSH", "list:long", "element " + i);
      to.call("SADD", "set:many", "member " + i);
      to.call("ZADD", "sorted:many", i + ".25", "member " + i);
      to.call("HSET", "hash:many", "field " + i, "value " + i);
      to.call("XADD", "stream:many", i + 1 + "-1", "n", Integer.toString(i), "same", "v");
    }
    to.call("RPUSH", "list:large", "l".repeat(100_000), "small");
    to.call("SADD", "set:numbers", "1", "70000", "-5000000000");
    to.call("ZADD", "sorted:few", "inf", "a", "-inf", "b", "1e300", "c", "3", "d");
    to.call("HSET", "hash:few", "a", "1", "b", "two", "c", "3".repeat(30));
    to.call("XDEL", "stream:many", "17-1", "900-1");
    to.call("XGROUP", "CREATE", "stream:many", "group", "0");
    to.call("XREADGROUP", "GROUP", "group", "reader", "COUNT", "5", "STREAMS", "stream:many", ">");
    to.call("XACK", "stream:many", "group", "2-1");
    to.call("XADD", "stream:emptied", "5-5", "a", "b");
    to.call("XDEL", "stream:emptied", "5-5");
    to.call("EXPIRE", "set:numbers", "1000000");
  }

  /** Everything that can be asked about the keys, as replied. */
  static List<String> seen(RespConnection by) {
    List<String> seen = new ArrayList<>();
    seen.add(by.text("DEBUG", "DIGEST"));
    seen.add(by.line("DBSIZE"));
    seen.add(by.line("PEXPIRETIME expires"));
    seen.add(by.call("XPENDING", "stream:many", "group").toString());
    seen.add(by.call("XINFO", "STREAM", "stream:emptied").toString());
    seen.add(by.call("XRANGE", "stream:many", "-", "+", "COUNT", "30").toString());
    seen.add(by.call("ZRANGE", "sorted:few", "0", "-1", "WITHSCORES").toString());
    return seen;
  }
}
