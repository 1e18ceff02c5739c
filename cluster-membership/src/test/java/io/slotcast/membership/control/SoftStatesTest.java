package io.slotcast.membership.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.membership.SoftState;
import io.slotcast.membership.control.ControlMessage.Soft;
import io.slotcast.membership.register.ClusterId;
import io.slotcast.router.NodeId;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SoftStatesTest {
  private static final Random RANDOM = new Random(1);
  private static final ClusterId CLUSTER = ClusterId.random(RANDOM);
  private static final NodeId SELF = NodeId.random(RANDOM);
  private static final NodeId OTHER = NodeId.random(RANDOM);

  private final AtomicInteger publications = new AtomicInteger();
  private final SoftStates states = new SoftStates(SELF, 4, publications::incrementAndGet);

  @Test
  void whatANodePublishesItReadsAndSends() {
    states.publish("offset", new byte[] {1});
    states.publish("load", new byte[] {2});
    states.publish("offset", new byte[] {3});

    assertThat(states.read(SELF, "offset")).containsExactly(3);
    assertThat(states.readAll("load")).containsOnlyKeys(SELF);
    assertThat(publications).hasValue(3);
    Soft own = states.own(CLUSTER);
    assertThat(own.incarnation()).isEqualTo(4);
    assertThat(own.sequence()).isEqualTo(3);
    assertThat(own.entries()).containsOnlyKeys("offset", "load");
  }

  @Test
  void theLatestWinsInWhateverOrderItComes() {
    states.heard(other(1, 2, 20));
    states.heard(other(1, 1, 10));
    assertThat(states.read(OTHER, "offset")).containsExactly(20);

    states.heard(other(2, 1, 30));
    states.heard(other(1, 3, 40));
    assertThat(states.read(OTHER, "offset")).containsExactly(30);
  }

  @Test
  void whatWasMissedIsNoticed() {
    assertThat(states.lacks(OTHER, 1, 0)).isFalse();
    assertThat(states.lacks(OTHER, 1, 1)).isTrue();
    states.heard(other(1, 1, 10));
    assertThat(states.lacks(OTHER, 1, 1)).isFalse();
    assertThat(states.lacks(OTHER, 1, 2)).isTrue();
    assertThat(states.lacks(OTHER, 2, 1)).isTrue();
  }

  @Test
  void nobodySpeaksForThisNode() {
    states.publish("offset", new byte[] {1});
    states.heard(new Soft(CLUSTER, SELF, 9, 9, Map.of("offset", new byte[] {9})));

    assertThat(states.read(SELF, "offset")).containsExactly(1);
  }

  @Test
  void whoIsGoneIsForgotten() {
    states.heard(other(1, 1, 10));
    states.retain(Set.of(SELF));

    assertThat(states.read(OTHER, "offset")).isNull();
    assertThat(states.readAll("offset")).isEmpty();
  }

  @Test
  void tooMuchIsRefusedAndChangesNothing() {
    states.publish("offset", new byte[] {1});
    assertThatThrownBy(() -> states.publish("offset", new byte[SoftState.MAX_BYTES]))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(states.read(SELF, "offset")).containsExactly(1);
  }

  private static Soft other(long incarnation, long sequence, int value) {
    return new Soft(
        CLUSTER, OTHER, incarnation, sequence, Map.of("offset", new byte[] {(byte) value}));
  }
}
