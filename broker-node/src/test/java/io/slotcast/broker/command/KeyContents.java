package io.slotcast.broker.command;

import static org.awaitility.Awaitility.await;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What keys hold, to be compared between nodes. */
final class KeyContents {
  private KeyContents() {}

  /** No delayed entry is due within the next minutes. */
  static void awaitWhatIsDue(RespConnection connection) {
    long soon = System.currentTimeMillis() + 300_000;
    for (String key : keys(connection)) {
      await()
          .until(
              () -> {
                Map<String, Reply> info = connection.reply("XINFO", "STREAM", key).asMap();
                Reply due = info.get("next-due");
                return due == null || Long.parseLong(due.text()) > soon;
              });
    }
  }

  static List<String> keys(RespConnection connection) {
    return connection.texts("KEYS", "*").stream().sorted().toList();
  }

  /** All of a key that a client can see. */
  static String content(RespConnection connection, String key) {
    String type = connection.text("TYPE", key);
    String value =
        switch (type) {
          case "string" -> connection.call("GET", key);
          case "list" -> connection.call("LRANGE", key, "0", "-1");
          case "set" -> connection.texts("SMEMBERS", key).stream().sorted().toList().toString();
          case "hash" -> hash(connection, key);
          case "zset" -> connection.call("ZRANGE", key, "0", "-1", "WITHSCORES");
          case "stream" -> stream(connection, key);
          default -> "";
        };
    return type + " until " + connection.text("PEXPIRETIME", key) + "\n" + value;
  }

  private static String hash(RespConnection connection, String key) {
    Map<String, Reply> fields = new TreeMap<>(connection.reply("HGETALL", key).asMap());
    List<String> times = new ArrayList<>(List.of("HPEXPIRETIME", key, "FIELDS"));
    times.add(Integer.toString(fields.size()));
    times.addAll(fields.keySet());
    return fields + " until " + connection.texts(times.toArray(String[]::new));
  }

  /** When consumers asked, and how often producers came again, is each node's own knowledge. */
  private static String stream(RespConnection connection, String key) {
    String groups =
        connection.reply("XINFO", "GROUPS", key).elements().stream()
            .map(Reply::toString)
            .toList()
            .toString();
    return connection
            .call("XINFO", "STREAM", key, "FULL", "COUNT", "0")
            .replaceAll("seen-time\r\n:\\d+", "seen-time")
            .replaceAll("iids-duplicates\r\n:\\d+", "iids-duplicates")
        + groups;
  }
}
