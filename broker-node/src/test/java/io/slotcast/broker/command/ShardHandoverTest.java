package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever comes after a slot has moved here is given what was published since. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ShardHandoverTest {
  private final SingleNode node = SingleNode.start();
  private final RespConnection publisher = node.connect();
  private final RespConnection subscriber = node.connect();
  private final Node other = Node.plain(NodeId.random(new Random(1)), "127.0.0.1", 1);
  private final ShardId ours = node.membership().current().shards().getFirst().id();
  private final ShardId theirs = ShardId.random(new Random(2));
  private long epoch = 1;

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void aSubscriberOfAMovedSlotGetsWhatWasPublishedSinceItMovedAndThenTheRest() {
    allSlotsAre(theirs);
    allSlotsAre(ours);
    publish("news", "1");
    publish("other", "2");
    publish("news", "3");

    subscriber.send("SSUBSCRIBE", "news");
    publish("news", "4");

    assertThat(subscriber.read()).isEqualTo("*3\r\n$10\r\nssubscribe\r\n$4\r\nnews\r\n:1\r\n");
    assertNext("1");
    assertNext("3");
    assertNext("4");
    assertThat(subscriber.call("SSUBSCRIBE", "news")).contains("ssubscribe");
    subscriber.send("PING");
    assertThat(subscriber.read()).isEqualTo("*2\r\n$4\r\npong\r\n$0\r\n\r\n");
  }

  @Test
  void aPatternOfTheSlotGetsThemToo() {
    allSlotsAre(theirs);
    allSlotsAre(ours);
    publish("{n}ews", "1");

    subscriber.send("SPSUBSCRIBE", "{n}*");

    assertThat(subscriber.read()).contains("spsubscribe");
    assertThat(subscriber.read())
        .isEqualTo("*4\r\n$9\r\nspmessage\r\n$4\r\n{n}*\r\n$6\r\n{n}ews\r\n$1\r\n1\r\n");
  }

  @Test
  void whereNothingMovedNothingIsReplayed() {
    publish("news", "1");

    assertThat(subscriber.call("SSUBSCRIBE", "news")).contains("ssubscribe");
    publish("news", "2");

    assertNext("2");
  }

  @Test
  void itCanBeTurnedOff() {
    assertThat(publisher.call("CONFIG", "SET", "cluster-pubsubshard-handover-ms", "0"))
        .isEqualTo("+OK\r\n");
    allSlotsAre(theirs);
    allSlotsAre(ours);
    publish("news", "1");

    assertThat(subscriber.call("SSUBSCRIBE", "news")).contains("ssubscribe");
    publish("news", "2");

    assertNext("2");
  }

  private void assertNext(String payload) {
    assertThat(subscriber.read())
        .isEqualTo("*3\r\n$8\r\nsmessage\r\n$4\r\nnews\r\n$1\r\n" + payload + "\r\n");
  }

  private void publish(String channel, String payload) {
    assertThat(publisher.call("SPUBLISH", channel, payload)).startsWith(":");
  }

  private void allSlotsAre(ShardId owner) {
    epoch++;
    NodeId self = node.membership().self().id();
    Shard own = new Shard(ours, self, List.of(), slots(owner == ours), epoch);
    Shard their = new Shard(theirs, other.id(), List.of(), slots(owner == theirs), epoch);
    node.membership()
        .change(
            new Topology(
                epoch, List.of(node.membership().self(), other), List.of(own, their), List.of()));
  }

  private static SlotSet slots(boolean all) {
    return all ? SlotSet.all() : SlotSet.empty();
  }
}
