package io.slotcast.broker.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.cluster.FixedMembership;
import io.slotcast.broker.config.EndpointType;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.IoLoops;
import io.slotcast.broker.net.Transport;
import io.slotcast.broker.peer.FakePeer.Frame;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.pubsub.SubscriptionKind;
import io.slotcast.broker.pubsub.Subscriptions;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.RoutingPolicy;
import io.slotcast.router.Topology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node with one peer, which routes by interest if the test says so. */
class InterestAnnouncerTest {
  private static final NodeId PEER = new NodeId("f".repeat(40));
  private static final int NODE_TIMEOUT_MILLIS = 60_000;

  private IoLoops loops;
  private IoLoop loop;
  private PubSub pubSub;
  private PeerLinks links;
  private InterestAnnouncer announcer;
  private ServerSocket listener;
  private FakePeer peer;

  @BeforeEach
  void start() throws IOException {
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    loops = new IoLoops(Transport.NIO, 1, "io", 0);
    loop = loops.all().getFirst();
    FixedMembership membership = FixedMembership.alone(1);
    Topology alone = membership.current();
    Node other = Node.plain(PEER, "127.0.0.1", listener.getLocalPort());
    membership.change(
        new Topology(2, List.of(membership.self(), other), alone.shards(), List.of()));
    ClusterView cluster =
        new ClusterView(membership, new RoutingPolicy(true, false, true), EndpointType.IP);
    pubSub = new PubSub(new SlotTable(), ByteBufAllocator.DEFAULT);
    links = new PeerLinks(loops, cluster, pubSub, "", NODE_TIMEOUT_MILLIS, 0);
    announcer = links.announcer();
    pubSub.interestBy(announcer);
    cluster.start();
    links.start();
    peer = FakePeer.called(listener, PEER, membership.self().id());
    assertThat(next().kind()).as("how the node itself routes").isEqualTo(FrameKind.INTEREST_MODE);
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
    links.close();
    loops.close();
    listener.close();
  }

  @Test
  void aSubscriptionIsHeldUntilThePeerKnowsIt() {
    askForList(1);
    CompletableFuture<Void> known = announce("news");
    Frame add = next();
    assertThat(add.kind()).isEqualTo(FrameKind.INTEREST_ADD);
    assertThat(name(add)).isEqualTo("news");
    assertThat(known).isNotDone();
    acknowledge(add);
    await().until(known::isDone);
  }

  @Test
  void aPeerThatBroadcastsIsNotWaitedFor() {
    peer.sendNumbered(FrameKind.INTEREST_MODE, 0);
    await().until(() -> announce("news").isDone());
  }

  @Test
  void aPeerThatHasNotSaidHowItRoutesIsWaitedFor() {
    CompletableFuture<Void> known = announce("news");
    assertThat(known).isNotDone();
    peer.sendNumbered(FrameKind.INTEREST_MODE, 0);
    await().until(known::isDone);
  }

  @Test
  void theListHoldsWhatIsSubscribedToAndWhatIsAnnounced() {
    Subscriptions subscriptions = newSubscriptions();
    pubSub.subscribe(subscriptions, SubscriptionKind.CHANNEL, bytes("made"));
    announce("announced");
    peer.sendNumbered(FrameKind.INTEREST_MODE, 7);
    assertThat(List.of(name(next()), name(next()))).containsExactly("made", "announced");
    Frame complete = next();
    assertThat(complete.kind()).isEqualTo(FrameKind.INTEREST_COMPLETE);
    assertThat(ByteBuffer.wrap(complete.body()).getLong(8)).as("the list's number").isEqualTo(7);
  }

  @Test
  void theLastUnsubscriptionIsTold() {
    askForList(1);
    Subscriptions subscriptions = subscribed("news");
    pubSub.unsubscribe(subscriptions, SubscriptionKind.CHANNEL, bytes("news"));
    Frame remove = next();
    assertThat(remove.kind()).isEqualTo(FrameKind.INTEREST_REMOVE);
    assertThat(name(remove)).isEqualTo("news");
  }

  @Test
  void aSubscriptionThatIsAboutToBeMadeIsNotWithdrawnWithTheLastOneBeforeIt() {
    askForList(1);
    Subscriptions first = subscribed("news");
    assertThat(announce("news")).as("the peer knows this channel").isDone();
    // Another loop's client goes just now.
    pubSub.unsubscribe(first, SubscriptionKind.CHANNEL, bytes("news"));
    Subscriptions second = newSubscriptions();
    pubSub.subscribe(second, SubscriptionKind.CHANNEL, bytes("news"));
    announcer.subscribed(SubscriptionKind.CHANNEL, List.of(bytes("news")));

    announce("more");
    Frame next = next();
    assertThat(next.kind()).isEqualTo(FrameKind.INTEREST_ADD);
    assertThat(name(next)).isEqualTo("more");
  }

  @Test
  void aListThatIsMadeWhileASubscriptionIsAboutToBeMadeHoldsIt() {
    peer.sendNumbered(FrameKind.INTEREST_MODE, 0);
    await().until(() -> announce("earlier").isDone());
    assertThat(announce("news")).as("nobody asks").isDone();
    peer.sendNumbered(FrameKind.INTEREST_MODE, 1);
    assertThat(List.of(name(next()), name(next()))).contains("news");
  }

  // ---- What the node does ----

  /** Completes when the subscription may be made. */
  private CompletableFuture<Void> announce(String channel) {
    CompletableFuture<Void> known = new CompletableFuture<>();
    boolean atOnce =
        announcer.announce(
            SubscriptionKind.CHANNEL, List.of(bytes(channel)), loop, () -> known.complete(null));
    if (atOnce) {
      known.complete(null);
    }
    return known;
  }

  private Subscriptions subscribed(String channel) {
    CompletableFuture<Void> known = announce(channel);
    acknowledge(next());
    await().until(known::isDone);
    Subscriptions subscriptions = newSubscriptions();
    pubSub.subscribe(subscriptions, SubscriptionKind.CHANNEL, bytes(channel));
    announcer.subscribed(SubscriptionKind.CHANNEL, List.of(bytes(channel)));
    return subscriptions;
  }

  private Subscriptions newSubscriptions() {
    return new Subscriptions(
        new Connection(
            loop,
            false,
            connection -> {
              throw new IllegalStateException("a connection without a socket");
            }));
  }

  // ---- What the peer does ----

  private void askForList(long number) {
    peer.sendNumbered(FrameKind.INTEREST_MODE, number);
    Frame complete = next();
    assertThat(complete.kind()).isEqualTo(FrameKind.INTEREST_COMPLETE);
    acknowledge(complete);
    // The acknowledgement is taken when what the peer sent behind it is answered.
    peer.sendFrame(FrameKind.PING);
    assertThat(next().kind()).isEqualTo(FrameKind.PONG);
  }

  private void acknowledge(Frame frame) {
    peer.sendNumbered(FrameKind.INTEREST_ACK, ByteBuffer.wrap(frame.body()).getLong());
  }

  /** The next frame that is no sign of life. */
  private Frame next() {
    Frame frame = peer.read();
    while (frame.kind() == FrameKind.PING) {
      peer.sendFrame(FrameKind.PONG);
      frame = peer.read();
    }
    return frame;
  }

  /** In a frame about interest the name stands behind a number and what it is. */
  private static String name(Frame frame) {
    return new String(frame.body(), 9, frame.body().length - 9, StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
