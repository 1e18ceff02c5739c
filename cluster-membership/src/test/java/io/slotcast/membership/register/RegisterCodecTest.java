package io.slotcast.membership.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RegisterCodecTest {
  private final SplittableRandom random = new SplittableRandom(20261121);

  @Test
  void everyMessageIsReadAsItWasWritten() throws IOException {
    for (int i = 0; i < 200; i++) {
      for (Message message : messages()) {
        Envelope envelope = new Envelope(ClusterId.random(random), NodeId.random(random), message);

        assertThat(RegisterCodec.decodeEnvelope(RegisterCodec.encode(envelope)))
            .isEqualTo(envelope);
      }
    }
  }

  @Test
  void statesAndValuesAreReadAsTheyWereWritten() throws IOException {
    for (int i = 0; i < 500; i++) {
      RegisterValue value = Values.random(random);
      AcceptorState state =
          new AcceptorState(
              Values.ballot(random),
              accepted(),
              random.nextLong(),
              random.nextLong(),
              random.nextBoolean() ? value : null);

      assertThat(RegisterCodec.decodeValue(RegisterCodec.encode(value))).isEqualTo(value);
      assertThat(RegisterCodec.decodeState(RegisterCodec.encode(state))).isEqualTo(state);
    }
  }

  @Test
  void aThousandNodesAndEverySecondSlotFitIntoAMessage() throws IOException {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      nodes.add(
          new Node(NodeId.random(random), "192.168.100.100", "a".repeat(64), 1, 2, 3, "z", 4));
    }
    SlotSet even = SlotSet.empty();
    for (int slot = 0; slot < 16_384; slot += 2) {
      even = even.with(slot, slot);
    }
    Topology topology = new Topology(1, nodes, List.of(), List.of());
    Message promise =
        new Message.Promise(
            Values.ballot(random),
            new AcceptedValue(
                Values.ballot(random),
                RegisterValue.genesis(Values.CLUSTER, List.of(Values.A), topology)),
            List.of(new LiveGrant(Values.A, even, 1)));
    Envelope envelope = new Envelope(Values.CLUSTER, Values.A, promise);

    assertThat(RegisterCodec.decodeEnvelope(RegisterCodec.encode(envelope))).isEqualTo(envelope);
  }

  @Test
  void cutOffBytesAreMalformedWhereverTheyEnd() {
    for (Message message : messages()) {
      byte[] whole = RegisterCodec.encode(new Envelope(Values.CLUSTER, Values.A, message));
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> RegisterCodec.decodeEnvelope(cut))
            .isInstanceOf(MalformedException.class);
      }
      byte[] more = Arrays.copyOf(whole, whole.length + 1);
      assertThatThrownBy(() -> RegisterCodec.decodeEnvelope(more))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("1 bytes too many");
    }
  }

  @Test
  void garbageIsMalformedOrMeansSomething() {
    int malformed = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = 1;
      }
      malformed += isMalformed(bytes) ? 1 : 0;
    }
    assertThat(malformed).isEqualTo(20_000);
  }

  @Test
  void flippedBytesAreMalformedOrMeanSomethingElse() {
    int malformed = 0;
    for (int i = 0; i < 300; i++) {
      for (Message message : messages()) {
        byte[] bytes = RegisterCodec.encode(new Envelope(Values.CLUSTER, Values.A, message));
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        malformed += isMalformed(bytes) ? 1 : 0;
      }
    }
    assertThat(malformed).isPositive();
  }

  @Test
  void aCountThatTheBytesCannotHoldIsRefusedBeforeAnythingOfItsSizeIsMade() {
    Message release = new Message.LeaseReleased(new LeaseNumber(1, 1), SlotSet.empty());
    byte[] bytes = RegisterCodec.encode(new Envelope(Values.CLUSTER, Values.A, release));
    bytes[bytes.length - 2] = (byte) 0xFF;
    bytes[bytes.length - 1] = (byte) 0xFF;

    assertThatThrownBy(() -> RegisterCodec.decodeEnvelope(bytes))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("65535 things in 0 bytes");
  }

  @Test
  void anotherVersionAndTooManyBytesAreRefused() {
    byte[] bytes = RegisterCodec.encode(Values.genesis(Values.A));
    bytes[0] = 1;

    assertThatThrownBy(() -> RegisterCodec.decodeValue(bytes))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("written by version 1");
    assertThatThrownBy(() -> RegisterCodec.decodeValue(new byte[RegisterCodec.MAX_BYTES + 1]))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aLeaseLongerThanAllowedCannotArrive() {
    Message request = new Message.LeaseRequest(new LeaseNumber(1, 1), SlotSet.empty(), 1, 1);
    byte[] bytes = RegisterCodec.encode(new Envelope(Values.CLUSTER, Values.A, request));
    bytes[bytes.length - 8] = 1;

    assertThatThrownBy(() -> RegisterCodec.decodeEnvelope(bytes))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("not a lease's length");
  }

  private boolean isMalformed(byte[] bytes) {
    try {
      RegisterCodec.decodeEnvelope(bytes);
      return false;
    } catch (MalformedException e) {
      return true;
    }
  }

  private AcceptedValue accepted() {
    return new AcceptedValue(Values.ballot(random), Values.random(random));
  }

  private List<Message> messages() {
    LeaseNumber number = new LeaseNumber(random.nextLong(), random.nextLong());
    SlotSet slots = Values.slots(random);
    Message.Refused.Reason[] reasons = Message.Refused.Reason.values();
    List<LiveGrant> grants =
        slots.isEmpty()
            ? List.of()
            : List.of(
                new LiveGrant(NodeId.random(random), slots, random.nextLong()),
                new LiveGrant(NodeId.random(random), SlotSet.all(), random.nextLong()));
    return List.of(
        new Message.Prepare(Values.ballot(random)),
        new Message.Promise(Values.ballot(random), accepted(), grants),
        new Message.Promise(Values.ballot(random), null, List.of()),
        new Message.Accept(Values.ballot(random), Values.random(random)),
        new Message.Accepted(Values.ballot(random)),
        new Message.Refused(
            Values.ballot(random),
            reasons[random.nextInt(reasons.length)],
            Values.ballot(random),
            random.nextLong()),
        new Message.Committed(Values.random(random)),
        new Message.LeaseRequest(
            number, slots, random.nextLong(), 1 + random.nextLong(LeaseBounds.MAX_NANOS)),
        new Message.LeaseGranted(number, slots, random.nextLong()),
        new Message.LeaseRefused(number, random.nextLong()),
        new Message.LeaseReleased(number, slots));
  }
}
