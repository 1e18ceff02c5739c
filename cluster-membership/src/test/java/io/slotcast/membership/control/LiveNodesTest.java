package io.slotcast.membership.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.router.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveNodesTest {
  private final NodeId one = NodeId.random(new Random(1));
  private final NodeId other = NodeId.random(new Random(2));

  @Test
  void whoBeginsToListenMissesNothingThatWasSoBefore() {
    LiveNodes nodes = new LiveNodes();
    nodes.changed(Set.of(one));
    List<Set<NodeId>> heard = new ArrayList<>();

    nodes.listen(heard::add);
    nodes.changed(Set.of(one, other));

    assertThat(heard).containsExactly(Set.of(one), Set.of(one, other));
    assertThat(nodes.current()).containsExactlyInAnyOrder(one, other);
  }

  @Test
  void aListenerThatFailsCostsTheOthersNothing() {
    LiveNodes nodes = new LiveNodes();
    List<Set<NodeId>> heard = new ArrayList<>();
    nodes.listen(
        live -> {
          throw new IllegalStateException("a mistake, on purpose");
        });
    nodes.listen(heard::add);

    nodes.changed(Set.of(one));

    assertThat(heard).containsExactly(Set.of(), Set.of(one));
  }
}
