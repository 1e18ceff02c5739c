package io.slotcast.broker.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.broker.pubsub.Message;
import io.slotcast.broker.resp.GrowingSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames are read as they were written, and what is no frame is an error, never anything else. */
class FrameReaderTest {
  private static final int MAX_LENGTH = 100_000;

  private final FrameReader reader = new FrameReader(MAX_LENGTH);
  private final FrameWriter writer = new FrameWriter(new GrowingSink(16));

  @Test
  void messagesOfAllSizesAreReadAsTheyWereWritten() throws Exception {
    Random random = new Random(1);
    for (int size : new int[] {0, 1, 127, 128, 129, 16_383, 16_384, 20_000}) {
      byte[] channel = randomBytes(random, size);
      byte[] payload = randomBytes(random, random.nextInt(1000));
      byte[] frame = messageFrame(FrameKind.SHARD_PUBLISH, channel, payload);

      assertThat(reader.read(frame, 0, frame.length)).isEqualTo(frame.length);
      assertThat(reader.kind()).isEqualTo(FrameKind.SHARD_PUBLISH);
      Message message = reader.message();
      assertThat(channelOf(message)).isEqualTo(channel);
      assertThat(payloadOf(message)).isEqualTo(payload);
    }
  }

  @Test
  void aNumberAndWhatFollowsIt() throws Exception {
    writer.numbered(FrameKind.INTEREST_ADD, Long.MIN_VALUE + 5, new byte[] {1, 'a'});
    reader.read(writer.array(), 0, writer.length());

    assertThat(reader.number()).isEqualTo(Long.MIN_VALUE + 5);
    assertThat(reader.numberedBody()).containsExactly(1, 'a');
  }

  @Test
  void everyBeginningOfAFrameWaitsForTheRest() throws Exception {
    byte[] frame = messageFrame(FrameKind.PUBLISH, new byte[] {'c'}, new byte[300]);
    for (int length = 0; length < frame.length; length++) {
      assertThat(reader.read(frame, 0, length)).isEqualTo(-1);
    }
  }

  @Test
  void framesStandOneBehindTheOther() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      stream.writeBytes(messageFrame(FrameKind.PUBLISH, new byte[] {'c'}, new byte[i]));
    }
    byte[] bytes = stream.toByteArray();
    int at = 0;
    for (int i = 0; i < 100; i++) {
      at = reader.read(bytes, at, bytes.length);
      assertThat(reader.message().payloadLength()).isEqualTo(i);
    }
    assertThat(at).isEqualTo(bytes.length);
  }

  @Test
  void aLengthThatCannotBeIsAnError() {
    for (int length : new int[] {0, -1, Integer.MIN_VALUE, MAX_LENGTH + 1, Integer.MAX_VALUE}) {
      byte[] frame = ByteBuffer.allocate(20).putInt(length).array();
      assertThatThrownBy(() -> reader.read(frame, 0, frame.length))
          .isInstanceOf(FrameException.class)
          .hasMessage("a frame of " + length + " bytes");
    }
  }

  @Test
  void aKindThatNobodyKnowsIsAnError() {
    List<Integer> codes = Arrays.stream(FrameKind.values()).map(FrameKind::code).toList();
    for (int code = -128; code < 128; code++) {
      byte[] frame = {0, 0, 0, 1, (byte) code};
      if (!codes.contains(code)) {
        assertThatThrownBy(() -> reader.read(frame, 0, frame.length))
            .isInstanceOf(FrameException.class);
      }
    }
  }

  @Test
  void aMessageWhoseChannelDoesNotFitIsAnError() throws Exception {
    List<byte[]> bodies =
        List.of(
            new byte[0],
            new byte[] {1},
            new byte[] {5, 'a', 'b'},
            new byte[] {(byte) 0x80},
            new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0x7F},
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
            new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08});
    for (byte[] body : bodies) {
      writer.bytes(FrameKind.PUBLISH, body);
      reader.read(writer.array(), 0, writer.length());
      assertThatThrownBy(reader::message)
          .as(Arrays.toString(body))
          .isInstanceOf(FrameException.class);
    }
  }

  @Test
  void aNumberThatIsCutOffIsAnError() throws Exception {
    for (int length = 0; length < 8; length++) {
      writer.bytes(FrameKind.INTEREST_ACK, new byte[length]);
      reader.read(writer.array(), 0, writer.length());
      assertThatThrownBy(reader::number).isInstanceOf(FrameException.class);
    }
  }

  @Test
  void randomBytesAreFramesOrErrorsOrAWaitForMore() throws Exception {
    Random random = new Random(2);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = randomBytes(random, random.nextInt(60));
      if (bytes.length > 4) {
        // A length that can be, mostly, or nothing would get any further.
        ByteBuffer.wrap(bytes).putInt(random.nextInt(bytes.length * 2));
        bytes[4] = (byte) random.nextInt(40);
      }
      readAll(bytes);
    }
  }

  /** Reads as a link does, taking each body in each way; ends by itself, or by a FrameException. */
  private void readAll(byte[] bytes) throws Exception {
    int at = 0;
    try {
      int next = reader.read(bytes, at, bytes.length);
      while (next >= 0) {
        assertThat(next).isGreaterThan(at).isLessThanOrEqualTo(bytes.length);
        readBody();
        at = next;
        next = reader.read(bytes, at, bytes.length);
      }
    } catch (FrameException noFrame) {
      assertThat(noFrame).hasMessageNotContaining("null");
    }
  }

  private void readBody() throws FrameException {
    List<byte[]> read = new ArrayList<>();
    read.add(reader.body());
    if (reader.kind() == FrameKind.PUBLISH || reader.kind() == FrameKind.SHARD_PUBLISH) {
      Message message = reader.message();
      read.add(channelOf(message));
      read.add(payloadOf(message));
    } else if (reader.number() > 0) {
      read.add(reader.numberedBody());
    }
    assertThat(read.getFirst()).hasSize(reader.bodyLength());
  }

  private byte[] messageFrame(FrameKind kind, byte[] channel, byte[] payload) {
    byte[] both = Arrays.copyOf(channel, channel.length + payload.length);
    System.arraycopy(payload, 0, both, channel.length, payload.length);
    writer.message(kind, new Message(both, 0, channel.length, channel.length, payload.length));
    return Arrays.copyOf(writer.array(), writer.length());
  }

  private static byte[] channelOf(Message message) {
    int from = message.channelOffset();
    return Arrays.copyOfRange(message.array(), from, from + message.channelLength());
  }

  private static byte[] payloadOf(Message message) {
    int from = message.payloadOffset();
    return Arrays.copyOfRange(message.array(), from, from + message.payloadLength());
  }

  private static byte[] randomBytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
