package io.slotcast.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeliveryCountTest {
  @Test
  void gapsRepeatsAndLateOnesAreCounted() {
    DeliveryCount count = new DeliveryCount();
    LongStream.of(0, 1, 2, 5, 4, 5, 7).forEach(count::add);

    assertThat(count.received()).isEqualTo(6);
    assertThat(count.repeated()).isEqualTo(1);
    assertThat(count.late()).isEqualTo(1);
    assertThat(count.missing(List.of(0L, 1L, 2L, 3L, 4L, 6L))).as("3 and 6").isEqualTo(2);
  }
}
