package io.slotcast.broker.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.broker.migration.MigrationMessage.Data;
import io.slotcast.broker.migration.MigrationMessage.Piece;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MigrationCodecTest {
  private static final NodeId NODE = new NodeId("a".repeat(40));
  private static final SlotSet SLOTS = SlotSet.range(3, 9).union(SlotSet.range(16383, 16383));

  @Test
  void whatIsWrittenIsRead() throws IOException {
    List<MigrationMessage> messages =
        List.of(
            new MigrationMessage.GiveSlot(16383, NODE),
            new MigrationMessage.SlotGiven("why not"),
            new MigrationMessage.RouteBy(7),
            new MigrationMessage.RoutesBy(),
            new MigrationMessage.Wanted("name", SLOTS),
            new MigrationMessage.Open("name", SLOTS),
            new MigrationMessage.Opened(),
            new MigrationMessage.Applied(1L << 40),
            new MigrationMessage.Finish(12),
            new MigrationMessage.Ready(),
            new MigrationMessage.Abort("reason"),
            new MigrationMessage.Verdict(),
            new MigrationMessage.Start("name", SLOTS, NODE),
            new MigrationMessage.Ended(""),
            new MigrationMessage.CountKeys(),
            new MigrationMessage.KeyCounts(SlotSet.range(1, 2), List.of(5, 0)));
    for (MigrationMessage message : messages) {
      assertThat(MigrationCodec.decode(MigrationCodec.encode(message))).isEqualTo(message);
    }
  }

  @Test
  void piecesKeepTheirOrderAndTheirBytes() throws IOException {
    Data data =
        new Data(
            4, List.of(new Piece(5, true, new byte[] {1, 2}), new Piece(6, false, new byte[0])));
    Data read = (Data) MigrationCodec.decode(MigrationCodec.encode(data));

    assertThat(read.sequence()).isEqualTo(4);
    assertThat(read.pieces()).hasSize(2);
    assertThat(read.pieces().get(0).slot()).isEqualTo(5);
    assertThat(read.pieces().get(0).isImage()).isTrue();
    assertThat(read.pieces().get(0).bytes()).containsExactly(1, 2);
    assertThat(read.pieces().get(1).isImage()).isFalse();
  }

  @Test
  void whatIsCutOffIsNoMessage() {
    Data data = new Data(4, List.of(new Piece(5, true, new byte[] {1, 2})));
    byte[] whole = MigrationCodec.encode(data);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> MigrationCodec.decode(part)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void randomBytesAreAMessageOrRefused() {
    Random random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      try {
        assertThat(MigrationCodec.decode(bytes)).isNotNull();
      } catch (IOException expected) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
