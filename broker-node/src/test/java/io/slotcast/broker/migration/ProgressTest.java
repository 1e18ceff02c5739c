package io.slotcast.broker.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.broker.migration.MigrationJob.Direction;
import io.slotcast.broker.migration.MigrationJob.State;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final List<MigrationJob> published = new ArrayList<>();
  private long millis = 1000;

  private Progress progress(State first) {
    return new Progress(
        "name",
        1,
        Direction.EXPORT,
        SlotSet.range(1, 2),
        new NodeId("a".repeat(40)),
        new NodeId("b".repeat(40)),
        first,
        () -> Instant.ofEpochMilli(millis),
        published::add);
  }

  @Test
  void aMigrationGoesThroughItsStatesAndIsPublishedInEach() {
    Progress progress = progress(State.OPENING);
    progress.become(State.COPYING);
    millis = 1010;
    progress.moved(50, 1);
    progress.become(State.CATCHING_UP);
    progress.become(State.HANDING_OVER);
    millis = 1040;
    progress.paused(30);
    progress.become(State.DONE);

    assertThat(published)
        .extracting(MigrationJob::state)
        .containsExactly(
            State.OPENING,
            State.COPYING,
            State.COPYING,
            State.CATCHING_UP,
            State.HANDING_OVER,
            State.HANDING_OVER,
            State.DONE);
    MigrationJob last = published.getLast();
    assertThat(last.createdMillis()).isEqualTo(1000);
    assertThat(last.doneMillis()).isEqualTo(1040);
    assertThat(last.bytes()).isEqualTo(50);
    assertThat(last.pausedMillis()).isEqualTo(30);
  }

  @Test
  void noStateIsLeftOut() {
    assertThatThrownBy(() -> progress(State.OPENING).become(State.HANDING_OVER))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> progress(State.COPYING).become(State.DONE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void everyStateButTheLastOnesMayFail() {
    for (State state : State.values()) {
      assertThat(state.may(State.FAILED)).isEqualTo(!state.isEnd());
      assertThat(state.may(State.CANCELLED)).isEqualTo(!state.isEnd());
    }
  }
}
