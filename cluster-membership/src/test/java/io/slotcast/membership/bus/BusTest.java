package io.slotcast.membership.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slotcast.membership.FreePorts;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final List<Endpoint> open = new ArrayList<>();

  @AfterEach
  void closeAll() {
    open.forEach(endpoint -> endpoint.bus.close());
  }

  @Test
  void nodesThatStartTogetherSeeEachOtherAndMessagesArrive() throws Exception {
    List<InetSocketAddress> ports = FreePorts.loopback(6);
    for (InetSocketAddress port : ports) {
      start(port, ports, "");
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(open).allMatch(each -> each.members.size() == 6));

    Endpoint sender = open.getFirst();
    Endpoint receiver = open.getLast();
    sender.bus.send(
        Objects.requireNonNull(receiver.self), "hello".getBytes(UTF_8), Delivery.RELIABLE);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(receiver.messages).containsExactly("hello"));
    assertThat(sender.bus.sent()).isEqualTo(1);
    assertThat(receiver.bus.received()).isEqualTo(1);

    // As its sender would: again and again, for one that is lost is not made up for.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              sender.bus.send(
                  Objects.requireNonNull(receiver.self),
                  "lease".getBytes(UTF_8),
                  Delivery.BEST_EFFORT);
              assertThat(receiver.messages).contains("lease");
            });
  }

  @Test
  void aNodeWithoutTheSecretStaysAlone() throws Exception {
    List<InetSocketAddress> ports = FreePorts.loopback(4);
    start(ports.get(0), ports, "open sesame");
    start(ports.get(1), ports, "open sesame");
    Endpoint wrong = start(ports.get(2), ports, "open barley");
    Endpoint none = start(ports.get(3), ports, "");

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(open).noneMatch(each -> each.members.isEmpty()));
    await()
        .during(Duration.ofSeconds(1))
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(open.get(0).members).hasSize(2);
              assertThat(open.get(1).members).hasSize(2);
              assertThat(wrong.members).hasSize(1);
              assertThat(none.members).hasSize(1);
            });
  }

  @Test
  void aNoteReachesANodeOfAnotherGroupThatHasTheSecret() throws Exception {
    List<InetSocketAddress> ports = FreePorts.loopback(3);
    Endpoint sender = start(ports.get(0), List.of(), "secret");
    Endpoint receiver = start(ports.get(1), List.of(), "secret");
    Endpoint stranger = start(ports.get(2), List.of(), "");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(open).noneMatch(each -> each.members.isEmpty()));

    stranger.bus.note(ports.get(1), "from a stranger".getBytes(UTF_8));
    sender.bus.note(ports.get(2), "to a stranger".getBytes(UTF_8));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              sender.bus.note(ports.get(1), "hello".getBytes(UTF_8));
              assertThat(receiver.notes).contains("hello");
            });

    assertThat(receiver.notes).containsOnly("hello");
    assertThat(stranger.notes).isEmpty();
    assertThat(receiver.members).hasSize(1);
  }

  @Test
  void aCrashIsSeenAndTheNodeCanComeBackOnItsPort() throws Exception {
    List<InetSocketAddress> ports = FreePorts.loopback(3);
    for (InetSocketAddress port : ports) {
      start(port, ports, "secret");
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(open).allMatch(each -> each.members.size() == 3));

    Endpoint crashed = open.remove(2);
    crashed.bus.close();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(open).allMatch(each -> each.members.size() == 2));

    start(ports.get(2), ports, "secret");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(open).allMatch(each -> each.members.size() == 3));
  }

  @Test
  void aLostChannelIsBuiltAnew() throws Exception {
    List<InetSocketAddress> ports = FreePorts.loopback(2);
    start(ports.get(0), ports, "secret");
    Endpoint loser = start(ports.get(1), ports, "secret");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(open).allMatch(each -> each.members.size() == 2));
    Address before = Objects.requireNonNull(loser.self);

    loser.bus.loseChannel();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(loser.self).isNotEqualTo(before);
              assertThat(open)
                  .allMatch(each -> each.members.size() == 2 && !each.members.contains(before));
            });

    open.get(0)
        .bus
        .send(Objects.requireNonNull(loser.self), "again".getBytes(UTF_8), Delivery.RELIABLE);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(loser.messages).containsExactly("again"));
  }

  @Test
  void aNodeIsReachedAtTheAddressThatItAnnounces() throws Exception {
    List<InetSocketAddress> ports = FreePorts.loopback(2);
    Endpoint everywhere =
        new Endpoint(
            new InetSocketAddress("0.0.0.0", ports.get(0).getPort()), ports.get(0), ports, "");
    open.add(everywhere);
    everywhere.bus.open();
    start(ports.get(1), ports, "");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(open).allMatch(each -> each.members.size() == 2));
  }

  @Test
  void aPortInUseIsRefusedAtOnce() throws Exception {
    List<InetSocketAddress> ports = FreePorts.loopback(1);
    start(ports.getFirst(), List.of(), "");
    Endpoint second = new Endpoint(ports.getFirst(), List.of(), "");
    assertThatThrownBy(second.bus::open)
        .isInstanceOf(BindException.class)
        .hasMessageContaining("cannot listen on the bus address");
  }

  private Endpoint start(InetSocketAddress bind, List<InetSocketAddress> seeds, String secret)
      throws BindException {
    Endpoint endpoint = new Endpoint(bind, seeds, secret);
    open.add(endpoint);
    endpoint.bus.open();
    return endpoint;
  }

  private static final class Endpoint implements Bus.Listener {
    final Bus bus;
    final List<String> messages = new CopyOnWriteArrayList<>();
    final List<String> notes = new CopyOnWriteArrayList<>();
    volatile List<Address> members = List.of();
    volatile @Nullable Address self;

    Endpoint(InetSocketAddress bind, List<InetSocketAddress> seeds, String secret) {
      this(bind, bind, seeds, secret);
    }

    Endpoint(
        InetSocketAddress bind,
        InetSocketAddress external,
        List<InetSocketAddress> seeds,
        String secret) {
      bus =
          new Bus(
              new BusConfig(
                  "n" + bind.getPort(), bind, external, seeds, secret, Duration.ofSeconds(3)),
              this,
              LinkFaults.NONE);
    }

    @Override
    public void view(List<Address> view, Address own) {
      self = own;
      members = view;
    }

    @Override
    public void received(Address from, byte[] message) {
      messages.add(new String(message, UTF_8));
    }

    @Override
    public void noted(byte[] note) {
      notes.add(new String(note, UTF_8));
    }
  }
}
