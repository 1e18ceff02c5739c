package io.slotcast.broker.migration;

import io.slotcast.broker.resp.GrowingSink;
import io.slotcast.broker.resp.RespWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Some keys on their way to another server, as MIGRATE sends them: AUTH and SELECT where needed, a
 * RESTORE for each key, and a reply of one line to each request. Owned by the loop of its
 * connection.
 */
public final class KeyTransfer {
  private final Target target;
  private final List<byte[]> credentials;
  private final List<byte[][]> restores;
  private final Consumer<Outcome> done;
  private final BitSet stored = new BitSet();

  /** Whether the server is already on the database wanted; decided when a connection is found. */
  private boolean selects;

  private int replies;

  /** Whether AUTH or SELECT was refused. */
  private boolean outOfPlace;

  private @Nullable String refusal;
  private boolean ended;

  /**
   * Where the keys go.
   *
   * @param database what SELECT names
   * @param timeoutMillis how long to wait for the connection, and for each reply
   */
  public record Target(String host, int port, long database, long timeoutMillis) {}

  /**
   * How it ended.
   *
   * @param stored which of the keys the target has, by their number
   * @param error the error reply without its dash; null if all is well
   */
  public record Outcome(BitSet stored, @Nullable String error) {}

  /**
   * @param credentials what AUTH is given; empty for none
   * @param restores a whole request for each key
   * @param done told once, on the connection's loop
   */
  public KeyTransfer(
      Target target, List<byte[]> credentials, List<byte[][]> restores, Consumer<Outcome> done) {
    this.target = target;
    this.credentials = List.copyOf(credentials);
    this.restores = List.copyOf(restores);
    this.done = done;
  }

  Target target() {
    return target;
  }

  /** The requests, given the database that the connection is on (-1: unknown). */
  List<byte[]> requests(long currentDatabase) {
    selects = currentDatabase != target.database();
    List<byte[]> requests = new ArrayList<>();
    if (!credentials.isEmpty()) {
      requests.add(request(ascii("AUTH"), credentials.toArray(byte[][]::new)));
    }
    if (selects) {
      requests.add(request(ascii("SELECT"), ascii(Long.toString(target.database()))));
    }
    for (byte[][] restore : restores) {
      requests.add(request(null, restore));
    }
    return requests;
  }

  private static byte[] ascii(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] request(byte @Nullable [] name, byte[]... words) {
    int bytes = 32;
    for (byte[] word : words) {
      bytes += word.length + 16;
    }
    GrowingSink sink = new GrowingSink(bytes);
    RespWriter writer = new RespWriter(sink, false);
    writer.array(words.length + (name == null ? 0 : 1));
    if (name != null) {
      writer.bulk(name);
    }
    for (byte[] word : words) {
      writer.bulk(word);
    }
    return sink.toBytes();
  }

  /** Whether nothing was answered yet, so that it may be tried on another connection. */
  boolean isUnanswered() {
    return replies == 0;
  }

  /** A line has come; returns whether it was the last. */
  boolean onReply(String line) {
    int key = replies++ - before();
    boolean error = line.startsWith("-");
    if (error && refusal == null) {
      refusal = "ERR Target instance replied with error: " + line.substring(1);
    }
    // As in Redis, no key counts as stored after AUTH or SELECT failed, whatever the target says.
    outOfPlace |= error && key < 0;
    if (key >= 0 && !error && !outOfPlace) {
      stored.set(key);
    }
    if (key < restores.size() - 1) {
      return false;
    }
    end(refusal);
    return true;
  }

  /** How many requests come before the keys. */
  private int before() {
    return (credentials.isEmpty() ? 0 : 1) + (selects ? 1 : 0);
  }

  boolean wasRefused() {
    return refusal != null;
  }

  /** The connection was lost, or could not be had, or its time is over. */
  void fail(String error) {
    end(refusal == null ? error : refusal);
  }

  private void end(@Nullable String error) {
    if (!ended) {
      ended = true;
      done.accept(new Outcome(stored, error));
    }
  }
}
