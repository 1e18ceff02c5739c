package io.slotcast.testkit;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Waits until all nodes of a cluster serve and see each other, as their clients see it. */
final class Readiness {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PAUSE_MILLIS = 10;

  private Readiness() {}

  /**
   * @param password empty for none
   * @param whileWaiting called again and again; throws if waiting is in vain
   * @throws IllegalStateException if the cluster does not get ready in time; tells what it said
   *     last
   */
  static void await(List<InetSocketAddress> nodes, String password, Runnable whileWaiting)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (InetSocketAddress node : nodes) {
      String state = state(node, nodes.size(), password);
      while (!state.isEmpty()) {
        whileWaiting.run();
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("node " + node + " is not ready: " + state);
        }
        Thread.sleep(PAUSE_MILLIS);
        state = state(node, nodes.size(), password);
      }
    }
  }

  /** Waits until all nodes answer, and not that they are loading; the rest as above. */
  static void awaitListening(List<InetSocketAddress> nodes, Runnable whileWaiting)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (InetSocketAddress node : nodes) {
      while (!isListening(node)) {
        whileWaiting.run();
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("node " + node + " does not listen");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private static boolean isListening(InetSocketAddress node) {
    try (RespConnection client = RespConnection.open(node)) {
      return !(client.call("PING") instanceof RespValue.SimpleError(String text))
          || !text.startsWith("LOADING");
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** What keeps a node from being ready; empty if nothing does. */
  private static String state(InetSocketAddress node, int nodes, String password) {
    try (RespConnection client = RespConnection.open(node)) {
      if (!password.isEmpty()) {
        client.call("AUTH", password);
      }
      String info = client.call("CLUSTER", "INFO").text();
      String list = client.call("CLUSTER", "NODES").text();
      boolean ready =
          info.contains("cluster_state:ok")
              && list.lines().count() == nodes
              && list.lines().noneMatch(Readiness::isBad);
      return ready ? "" : info + list;
    } catch (UncheckedIOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Fields of CLUSTER NODES: id, address, flags, primary, two times, epoch, link state, slots. */
  private static boolean isBad(String line) {
    String[] fields = line.split(" ");
    return fields[2].contains("fail") || !fields[7].equals("connected");
  }
}
