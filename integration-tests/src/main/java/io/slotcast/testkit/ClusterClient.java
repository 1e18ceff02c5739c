package io.slotcast.testkit;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.router.SlotHash;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A cluster client that tells what it knows of a request and no more: that it was answered, that it
 * was refused before it ran, or that nobody can say. It follows MOVED and ASK, waits where a server
 * says that it cannot serve now, and never sends again what may have run. For one thread.
 */
public final class ClusterClient implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** What becomes of a request. */
  public sealed interface Answer {
    /**
     * It ran.
     *
     * @param replies one for each command
     */
    record Given(List<RespValue> replies, InetSocketAddress by) implements Answer {
      public RespValue last() {
        return replies.getLast();
      }
    }

    /** It has not run, and was tried for as long as the client's patience lasts. */
    record Refused(String error) implements Answer {}

    /** The connection was lost or silent, or the error does not say whether the command ran. */
    record Unknown(String why) implements Answer {}
  }

  /** Errors of commands that have not run and may run later or elsewhere. */
  private static final List<String> NOT_NOW =
      List.of("TRYAGAIN", "CLUSTERDOWN", "LOADING", "MASTERDOWN", "READONLY", "NOREPLICAS");

  private final List<InetSocketAddress> seeds;
  private final Duration patience;
  private final Duration replyPatience;
  private final Random random;
  private final Map<InetSocketAddress, RespConnection> connections = new HashMap<>();
  private final Map<Integer, InetSocketAddress> owners = new HashMap<>();

  /**
   * @param seeds nodes to ask where slots are
   * @param patience for how long a request is tried before it is given up as refused
   * @param replyPatience how long a reply may take before its connection is given up
   */
  public ClusterClient(
      List<InetSocketAddress> seeds, Duration patience, Duration replyPatience, Random random) {
    this.seeds = List.copyOf(seeds);
    this.patience = patience;
    this.replyPatience = replyPatience;
    this.random = random;
  }

  /** Sends one command on a key, to the owner of its slot. */
  public Answer call(String key, String... command) {
    return call(SlotHash.slotOf(key.getBytes(StandardCharsets.UTF_8)), List.of(List.of(command)));
  }

  /** Sends commands at once, to the owner of a slot: a transaction from MULTI to EXEC. */
  public Answer call(int slot, List<List<String>> commands) {
    long deadline = System.nanoTime() + patience.toNanos();
    InetSocketAddress target = owner(slot);
    boolean asking = false;
    while (true) {
      String error;
      RespConnection connection = connection(target);
      if (connection == null) {
        error = "no connection to " + target;
        target = lookAgain(slot);
      } else {
        List<RespValue> replies;
        try {
          replies = exchange(connection, asking, commands);
        } catch (UncheckedIOException e) {
          drop(target);
          return new Answer.Unknown(target + ": " + e.getMessage());
        }
        error = firstError(replies);
        if (error.isEmpty()) {
          return new Answer.Given(replies, target);
        }
        asking = error.startsWith("ASK ");
        if (asking) {
          target = redirectTarget(error);
        } else if (error.startsWith("MOVED ")) {
          target = redirectTarget(error);
          owners.put(slot, target);
        } else if (NOT_NOW.stream().anyMatch(error::startsWith)) {
          target = lookAgain(slot);
        } else {
          return new Answer.Unknown(target + ": " + error);
        }
      }
      if (System.nanoTime() - deadline > 0) {
        return new Answer.Refused(error);
      }
      if (!asking) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private static List<RespValue> exchange(
      RespConnection connection, boolean asking, List<List<String>> commands) {
    if (asking) {
      connection.send("ASKING");
    }
    for (List<String> command : commands) {
      connection.send(command.toArray(String[]::new));
    }
    if (asking) {
      connection.read();
    }
    return commands.stream().map(_ -> connection.read()).toList();
  }

  private static String firstError(List<RespValue> replies) {
    return replies.stream().filter(RespValue::isError).map(RespValue::text).findFirst().orElse("");
  }

  /** The node in {@code MOVED 42 10.0.0.1:7000}. */
  public static InetSocketAddress redirectTarget(String redirect) {
    String address = redirect.split(" ")[2];
    int colon = address.lastIndexOf(':');
    return new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  // ---- Where slots are ----

  private InetSocketAddress owner(int slot) {
    InetSocketAddress known = owners.get(slot);
    return known == null ? lookAgain(slot) : known;
  }

  /** Asks any node; one that does not answer leaves what is known, or a guess. */
  private InetSocketAddress lookAgain(int slot) {
    InetSocketAddress asked = seeds.get(random.nextInt(seeds.size()));
    RespConnection connection = connection(asked);
    if (connection != null) {
      try {
        learn(connection.call("CLUSTER", "SLOTS"));
      } catch (UncheckedIOException e) {
        drop(asked);
      }
    }
    return owners.getOrDefault(slot, asked);
  }

  private void learn(RespValue slots) {
    if (slots.isError()) {
      return;
    }
    for (RespValue range : slots.items()) {
      RespValue primary = range.item(2);
      InetSocketAddress address =
          new InetSocketAddress(primary.item(0).text(), Math.toIntExact(primary.item(1).integer()));
      for (long slot = range.item(0).integer(); slot <= range.item(1).integer(); slot++) {
        owners.put(Math.toIntExact(slot), address);
      }
    }
  }

  // ---- Connections ----

  /** An open connection; null if there can be none. */
  private @Nullable RespConnection connection(InetSocketAddress address) {
    RespConnection open = connections.get(address);
    if (open != null) {
      return open;
    }
    try {
      RespConnection opened = RespConnection.open(address, replyPatience);
      connections.put(address, opened);
      return opened;
    } catch (UncheckedIOException e) {
      return null;
    }
  }

  private void drop(InetSocketAddress address) {
    RespConnection dropped = connections.remove(address);
    if (dropped != null) {
      dropped.close();
    }
    // Whoever it was that owned its slots, somebody else may by now.
    owners.values().removeIf(address::equals);
  }

  @Override
  public void close() {
    connections.values().forEach(RespConnection::close);
    connections.clear();
  }
}
