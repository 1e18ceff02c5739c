package io.slotcast.testkit.chaos;

import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.ClusterClient;
import io.slotcast.testkit.ClusterClient.Answer;
import io.slotcast.testkit.history.FinalState;
import io.slotcast.testkit.history.FinalState.Element;
import io.slotcast.testkit.history.History;
import io.slotcast.testkit.history.Operation;
import io.slotcast.testkit.history.Operation.Kind;
import io.slotcast.testkit.history.Outcome;
import io.slotcast.testkit.history.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Clients at work on a cluster: writers, a consumer of groups, publishers and subscribers of shard
 * and classic channels. Started and stopped once.
 */
public final class Workload {
  private static final int CHANNELS = 3;
  private static final Duration PUBLISH_PAUSE = Duration.ofMillis(5);
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final int PAGE = 5_000;

  private final List<InetSocketAddress> nodes;
  private final WorkloadPlan plan;
  private final Random seeds;
  private final History history = new History();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopSubscribers = new CountDownLatch(1);
  private final List<Thread> working = new ArrayList<>();
  private final List<Thread> listening = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final GroupConsumer consumer;

  /** One channel with who publishes on it and who listens. */
  private record Channel(String name, Publisher publisher, List<Subscriber> subscribers) {}

  private Workload(List<InetSocketAddress> nodes, WorkloadPlan plan, long seed) {
    this.nodes = nodes;
    this.plan = plan;
    this.seeds = new Random(seed);
    this.consumer = new GroupConsumer(plan, client(), stop);
  }

  /** Starts all clients; returns when the subscribers are subscribed. */
  public static Workload start(List<InetSocketAddress> nodes, WorkloadPlan plan, long seed)
      throws InterruptedException {
    Workload workload = new Workload(nodes, plan, seed);
    workload.consumer.createGroups();
    for (int number = 0; number < CHANNELS; number++) {
      workload.addChannel("SSUBSCRIBE", "SPUBLISH", Keys.channel(number));
      workload.addChannel("SUBSCRIBE", "PUBLISH", "classic:" + number);
    }
    workload.start();
    return workload;
  }

  private ClusterClient client() {
    return client(plan.patience());
  }

  private ClusterClient client(Duration patience) {
    return new ClusterClient(nodes, patience, plan.replyPatience(), new Random(seeds.nextLong()));
  }

  private void addChannel(String subscribe, String publish, String name) {
    List<Subscriber> subscribers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Random random = new Random(seeds.nextLong());
      subscribers.add(new Subscriber(subscribe, name, nodes, random, stopSubscribers));
    }
    Publisher publisher = new Publisher(publish, name, PUBLISH_PAUSE, client(), stop);
    channels.add(new Channel(name, publisher, subscribers));
  }

  private void start() throws InterruptedException {
    for (Channel channel : channels) {
      for (Subscriber subscriber : channel.subscribers()) {
        listening.add(Thread.ofPlatform().name("subscriber-" + channel.name()).start(subscriber));
      }
    }
    for (Channel channel : channels) {
      for (Subscriber subscriber : channel.subscribers()) {
        if (!subscriber.awaitSubscribed(PATIENT)) {
          throw new IllegalStateException("nobody takes a subscription to " + channel.name());
        }
      }
      working.add(
          Thread.ofPlatform().name("publisher-" + channel.name()).start(channel.publisher()));
    }
    for (int number = 0; number < plan.writers(); number++) {
      String name = "w" + number;
      Random random = new Random(seeds.nextLong());
      Writer writer = new Writer(name, plan, client(), random, history, stop);
      working.add(Thread.ofPlatform().name("writer-" + name).start(writer));
    }
    working.add(Thread.ofPlatform().name("consumer").start(consumer));
  }

  /** Ends all clients; each finishes what it has begun. */
  public void stop() throws InterruptedException {
    stop.countDown();
    for (Thread thread : working) {
      thread.join();
    }
    stopSubscribers.countDown();
    for (Thread thread : listening) {
      thread.join();
    }
  }

  // ---- What is left ----

  /**
   * What cannot be, now that the clients have stopped and the cluster is whole; empty if all is as
   * promised.
   */
  public List<String> violations(Promise promise) {
    try (ClusterClient reader = client(PATIENT)) {
      FinalState state = readAll(reader);
      List<String> violations =
          new ArrayList<>(history.violations(promise, state, key -> "slot " + Keys.slot(key)));
      if (promise == Promise.ACKNOWLEDGED_IS_KEPT) {
        consumer.drain();
        violations.addAll(consumer.errors());
        consumer.delivered().forEach((key, ids) -> checkDelivered(key, ids, state, violations));
      }
      return violations;
    }
  }

  private static void checkDelivered(
      String stream, Set<String> delivered, FinalState state, List<String> violations) {
    state.sequences().getOrDefault(stream, List.of()).stream()
        .filter(entry -> !delivered.contains(entry.position()))
        .forEach(entry -> violations.add(stream + " never gave its group " + entry));
  }

  private FinalState readAll(ClusterClient reader) {
    Map<String, List<Element>> sequences = new HashMap<>();
    Map<String, Long> counters = new HashMap<>();
    for (int number = 0; number < plan.keys(); number++) {
      String stream = Keys.key(Kind.XADD, number);
      sequences.put(stream, entries(reader, stream));
      String list = Keys.key(Kind.RPUSH, number);
      sequences.put(list, elements(reader, list));
      String counter = Keys.key(Kind.INCR, number);
      RespValue value = read(reader, counter, "GET", counter);
      counters.put(counter, value.isNil() ? 0 : Long.parseLong(value.text()));
      readRegister(reader, Keys.key(Kind.GET, number));
    }
    return new FinalState(sequences, counters);
  }

  /** What a register holds in the end is one more read. */
  private void readRegister(ClusterClient reader, String key) {
    long invoked = System.nanoTime();
    String value = read(reader, key, "GET", key).text();
    Outcome outcome = new Outcome.Acknowledged(value, "", 0);
    history.add(new Operation(Kind.GET, key, "", invoked, System.nanoTime(), outcome));
  }

  private static List<Element> entries(ClusterClient reader, String stream) {
    List<Element> entries = new ArrayList<>();
    String from = "-";
    while (true) {
      String count = Integer.toString(PAGE);
      List<RespValue> page =
          read(reader, stream, "XRANGE", stream, from, "+", "COUNT", count).items();
      for (RespValue entry : page) {
        entries.add(new Element(entry.item(0).text(), entry.item(1).item(1).text()));
      }
      if (page.size() < PAGE) {
        return entries;
      }
      from = "(" + entries.getLast().position();
    }
  }

  private static List<Element> elements(ClusterClient reader, String list) {
    List<Element> elements = new ArrayList<>();
    while (true) {
      String from = Integer.toString(elements.size());
      String to = Integer.toString(elements.size() + PAGE - 1);
      List<RespValue> page = read(reader, list, "LRANGE", list, from, to).items();
      for (RespValue element : page) {
        elements.add(new Element(Integer.toString(elements.size() + 1), element.text()));
      }
      if (page.size() < PAGE) {
        return elements;
      }
    }
  }

  private static RespValue read(ClusterClient reader, String key, String... command) {
    return switch (reader.call(key, command)) {
      case Answer.Given given -> given.last();
      case Answer.Refused(String error) -> throw new IllegalStateException(key + ": " + error);
      case Answer.Unknown(String why) -> throw new IllegalStateException(key + ": " + why);
    };
  }

  public History history() {
    return history;
  }

  /** What was done, and what subscribers and consumers got of it, in lines of text. */
  public String summary() {
    StringBuilder summary = new StringBuilder(history.summary());
    summary.append("entries given to the group again: %d%n".formatted(consumer.repeated()));
    for (Channel channel : channels) {
      List<Long> sent = channel.publisher().sent();
      for (Subscriber subscriber : channel.subscribers()) {
        summary.append(
            "%s: sent %d, received %d, missing %d, repeated %d, late %d, subscriptions %d%n"
                .formatted(
                    channel.name(),
                    sent.size(),
                    subscriber.count().received(),
                    subscriber.count().missing(sent),
                    subscriber.count().repeated(),
                    subscriber.count().late(),
                    subscriber.subscriptions()));
      }
    }
    return summary.toString();
  }
}
