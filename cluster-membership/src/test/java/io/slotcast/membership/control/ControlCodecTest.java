package io.slotcast.membership.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.membership.control.ControlMessage.Founding;
import io.slotcast.membership.control.ControlMessage.Hello;
import io.slotcast.membership.control.ControlMessage.Introduction;
import io.slotcast.membership.control.ControlMessage.Register;
import io.slotcast.membership.control.ControlMessage.Soft;
import io.slotcast.membership.control.ControlMessage.SoftWanted;
import io.slotcast.membership.forming.FoundingMessage;
import io.slotcast.membership.forming.FoundingVoter;
import io.slotcast.membership.forming.PlacementPlan;
import io.slotcast.membership.register.AcceptorState;
import io.slotcast.membership.register.Ballot;
import io.slotcast.membership.register.ClusterId;
import io.slotcast.membership.register.Envelope;
import io.slotcast.membership.register.Message;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.ShardId;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlCodecTest {
  private static final Random RANDOM = new Random(11);
  private static final ClusterId CLUSTER = ClusterId.random(RANDOM);
  private static final NodeId NODE = NodeId.random(RANDOM);
  private static final Ballot BALLOT = new Ballot(7, NODE);
  private static final RegisterValue GENESIS = genesis();

  private static RegisterValue genesis() {
    List<Node> nodes = List.of(node());
    return RegisterValue.genesis(
        CLUSTER,
        PlacementPlan.voters(nodes),
        PlacementPlan.initial(nodes, 1, () -> ShardId.random(RANDOM)));
  }

  private static Node node() {
    return new Node(NODE, "10.0.0.1", "eins.example", 7001, 7002, 17001, "zone-a", 8);
  }

  private static List<ControlMessage> messages() {
    return List.of(
        new Hello(node(), 3, null, 0, 6, false, 0, true),
        new Hello(node(), Long.MAX_VALUE, CLUSTER, 12, 6, true, 9, false),
        new Introduction(node(), null, true),
        new Introduction(node(), GENESIS, false),
        new Founding(NODE, new FoundingMessage.Prepare(BALLOT)),
        new Founding(NODE, new FoundingMessage.Promise(BALLOT, null, null)),
        new Founding(NODE, new FoundingMessage.Promise(BALLOT, BALLOT, GENESIS)),
        new Founding(NODE, new FoundingMessage.Accept(BALLOT, GENESIS)),
        new Founding(NODE, new FoundingMessage.Accepted(BALLOT)),
        new Founding(NODE, new FoundingMessage.Refusal(BALLOT, new Ballot(8, NODE))),
        new Register(new Envelope(CLUSTER, NODE, new Message.Committed(GENESIS))),
        new SoftWanted());
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    for (ControlMessage message : messages()) {
      assertThat(ControlCodec.decode(ControlCodec.encode(message))).isEqualTo(message);
    }
  }

  @Test
  void publishedEntriesAreRead() throws IOException {
    Soft soft = new Soft(CLUSTER, NODE, 2, 5, Map.of("offset", new byte[] {1, 2}, "", new byte[0]));

    assertThat(ControlCodec.decode(ControlCodec.encode(soft)))
        .isInstanceOfSatisfying(
            Soft.class,
            read -> {
              assertThat(read.from()).isEqualTo(NODE);
              assertThat(read.sequence()).isEqualTo(5);
              assertThat(read.entries()).containsOnlyKeys("offset", "");
              assertThat(read.entries().get("offset")).containsExactly(1, 2);
            });
  }

  @Test
  void aNodesMemoryIsRead() throws IOException {
    ControlCodec.Memory memory =
        new ControlCodec.Memory(
            new FoundingVoter.State(BALLOT, BALLOT, GENESIS),
            AcceptorState.fresh().founding(GENESIS),
            List.of(AcceptorState.fresh().founding(GENESIS), AcceptorState.fresh()),
            new Transit("127.0.0.1", 17_001, AcceptorState.fresh().founding(GENESIS)));

    assertThat(ControlCodec.decodeMemory(ControlCodec.encode(memory))).isEqualTo(memory);
  }

  @Test
  void whatIsCutShortOrTooLongIsRefused() {
    for (ControlMessage message : messages()) {
      byte[] bytes = ControlCodec.encode(message);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> ControlCodec.decode(cut)).isInstanceOf(IOException.class);
      }
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThatThrownBy(() -> ControlCodec.decode(longer)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void anyBytesGiveAMessageOrAnIoException() {
    int refused = 0;
    for (ControlMessage message : messages()) {
      for (int round = 0; round < 2_000; round++) {
        byte[] bytes = ControlCodec.encode(message);
        for (int change = RANDOM.nextInt(4); change >= 0; change--) {
          bytes[RANDOM.nextInt(bytes.length)] = (byte) RANDOM.nextInt();
        }
        try {
          assertThat(ControlCodec.decode(bytes)).isNotNull();
        } catch (IOException e) {
          refused++;
        }
      }
    }
    assertThat(refused).isPositive();
  }
}
