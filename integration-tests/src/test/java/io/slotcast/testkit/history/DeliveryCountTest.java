package io.slotcast.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(count.missing(0, 7)).as("3 and 6").isEqualTo(2);
    assertThat(count.missing(0, 9)).as("8 and 9 too").isEqualTo(4);
  }
}
