package io.slotcast.testkit.chaos;

import io.slotcast.testkit.ClusterClient;
import io.slotcast.testkit.ClusterClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Publishes numbered messages on one channel, and notes for which it got a reply. */
final class Publisher implements Runnable {
  private final String command;
  private final String channel;
  private final Duration pause;
  private final ClusterClient client;
  private final CountDownLatch stop;

  /** Read when the publisher has ended. */
  private final List<Long> sent = new ArrayList<>();

  /**
   * @param command PUBLISH or SPUBLISH
   */
  Publisher(
      String command, String channel, Duration pause, ClusterClient client, CountDownLatch stop) {
    this.command = command;
    this.channel = channel;
    this.pause = pause;
    this.client = client;
    this.stop = stop;
  }

  @Override
  public void run() {
    try (client) {
      for (long number = 0; !stop.await(pause.toNanos(), TimeUnit.NANOSECONDS); number++) {
        Answer answer = client.call(channel, command, channel, Long.toString(number));
        if (answer instanceof Answer.Given) {
          sent.add(number);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The messages that a node took. */
  List<Long> sent() {
    return sent;
  }
}
