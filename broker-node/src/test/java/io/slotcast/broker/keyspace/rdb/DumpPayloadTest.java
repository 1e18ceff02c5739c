package io.slotcast.broker.keyspace.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.set.SetValue;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.keyspace.string.StringValue;
import io.slotcast.broker.resp.Request;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DumpPayloadTest {
  private static final HashValue.Limits HASH_LIMITS = new HashValue.Limits(8, 64);

  private static final SortedSetValue.Limits SORTED_SET_LIMITS =
      new SortedSetValue.Limits(() -> 8, () -> 64);

  private static final NodeLimits LIMITS = new NodeLimits(() -> 200, () -> 10);

  private final DumpPayload payload =
      new DumpPayload(
          () -> new RdbSettings(true, -2, 512, HASH_LIMITS, SORTED_SET_LIMITS, LIMITS, false));

  @Test
  void theChecksumIsThatOfRedis() {
    // The check value that Redis' own crc64.c states.
    assertThat(Crc64.of(bytes("123456789"), 0, 9)).isEqualTo(0xe9c6d914c4b8d9caL);
  }

  @Test
  void aPayloadIsIntactWithItsChecksumAndAVersionThatIsKnown() {
    byte[] good = payload.of(new StringValue(bytes("value")));
    assertThat(payload.isIntact(good, 0, good.length)).isTrue();
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      assertThat(payload.isIntact(bad, 0, bad.length)).isFalse();
    }
    assertThat(payload.isIntact(good, 0, 9)).isFalse();
    assertThat(payload.isIntact(good, 0, 0)).isFalse();
    byte[] newest = Payloads.of("00 01 61", 12);
    assertThat(payload.isIntact(newest, 0, newest.length)).isTrue();
    byte[] newer = Payloads.of("00 01 61", 13);
    assertThat(payload.isIntact(newer, 0, newer.length)).isFalse();
  }

  @Test
  void setsOfNewerVersionsAreRead() {
    // Redis 7.2: a set in a listpack.
    SetValue set = (SetValue) read(Payloads.of("14 0b 0b000000 0200 05 01 06 01 ff", 11));

    assertThat(set.members()).containsExactlyInAnyOrder(bytes("5"), bytes("6"));
  }

  @Test
  void hashesWhoseFieldsExpireKeepTheTimesInTheFormatOfRedisThatKnowsThem() {
    byte[] dumped = payload.of(expiringHash(5));
    HashValue hash = (HashValue) read(dumped);

    assertThat(dumped[dumped.length - 10]).isEqualTo((byte) 12);
    assertThat(hash.fieldExpiry(bytes("field1"))).isEqualTo(1_900_000_000_000L);
    assertThat(hash.fieldExpiry(bytes("field3"))).isEqualTo(1_900_000_000_777L);
    assertThat(hash.fieldExpiry(bytes("field2"))).isEqualTo(Value.NEVER);
    // A packed one of Redis 7.4: 5 with 6 for ever, 7 with 8 until 1 ms.
    HashValue packed =
        (HashValue)
            read(
                Payloads.of(
                    "19 0100000000000000 13 13000000 0600 05 01 06 01 00 01 07 01 08 01 01 01 ff",
                    12));
    assertThat(packed.size()).isEqualTo(2);
    assertThat(packed.fieldExpiry(bytes("5"))).isEqualTo(Value.NEVER);
    assertThat(packed.fieldExpiry(bytes("7"))).isEqualTo(1);
  }

  @Test
  void streamsOfNewerVersionsAreReadWithWhenConsumersGotSomething() {
    // Redis 7.2: a consumer seen at 1 ms, active at 2 ms.
    StreamValue stream =
        (StreamValue)
            read(
                Payloads.of(
                    "15 00 00 05 03 00 00 00 00 07 01 01 67 02 00 00 00"
                        + " 01 01 63 0100000000000000 0200000000000000 00",
                    11));

    Consumer consumer = stream.groups().iterator().next().consumers().iterator().next();
    assertThat(consumer.seenMillis()).isEqualTo(1);
    assertThat(consumer.activeMillis()).isEqualTo(2);
    assertThat(stream.entriesAdded()).isEqualTo(7);
  }

  @Test
  void whateverIsDumpedComesBackAsItIs() {
    for (Value value : values()) {
      byte[] dumped = payload.of(value);
      Value restored = read(dumped);

      assertThat(restored.encoding()).isEqualTo(value.encoding());
      if (value.encoding().equals("hashtable")) {
        // Tables have an order of their own.
        assertThat(payload.of(restored)).hasSameSizeAs(dumped);
      } else {
        assertThat(payload.of(restored)).isEqualTo(dumped);
      }
    }
  }

  @Test
  void aCopyIsTheSameAndAValueOfItsOwn() {
    for (Value value : values()) {
      Value copy = payload.copyOf(value);

      assertThat(copy).isNotSameAs(value);
      assertThat(copy.encoding()).isEqualTo(value.encoding());
      assertThat(payload.of(copy)).hasSameSizeAs(payload.of(value));
    }
    StreamValue stream = stream();
    StreamValue copy = (StreamValue) payload.copyOf(stream);
    byte[] before = payload.of(stream);
    assertThat(payload.of(copy)).isEqualTo(before);
    assertThat(copy.delayedEntries()).isEqualTo(1);
    copy.delete(new StreamId(2, 4));
    ConsumerGroup group = Objects.requireNonNull(copy.group(bytes("group")));
    group.deleteConsumer(group.consumers().iterator().next());
    copy.append(new StreamId(99, 1), Request.of(bytes("f"), bytes("v")), 0, LIMITS);
    assertThat(payload.of(stream)).isEqualTo(before);
    assertThat(payload.of(copy)).isNotEqualTo(before);
  }

  /** What XNACK gave back is nobody's, of which Redis 7.0 knows nothing. */
  @Test
  void whatIsNobodysComesBackAsNobodys() {
    StreamValue stream = (StreamValue) read(payload.of(stream()));

    ConsumerGroup group = Objects.requireNonNull(stream.group(bytes("group")));
    assertThat(group.nobody().pending().size()).isEqualTo(1);
    assertThat(group.consumers()).hasSize(2);
    assertThat(group.pending().size()).isEqualTo(3);
  }

  /** Payloads whose checksum is right and whose bytes are not, as nobody but an attacker has. */
  @Test
  void brokenBytesAreRefusedOrGiveAValueThatWorks() {
    Random random = new Random(4242);
    List<byte[]> payloads = values().stream().map(payload::of).toList();
    int refused = 0;
    for (int i = 0; i < 60_000; i++) {
      byte[] broken = broken(payloads.get(i % payloads.size()), random);
      Value value;
      try {
        value = read(broken);
      } catch (RdbException expected) {
        refused++;
        continue;
      }
      assertThat(payload.of(read(payload.of(value)))).isNotEmpty();
    }
    assertThat(refused).isGreaterThan(10_000);
  }

  @Test
  void aLengthThatIsALieAllocatesNothing() {
    for (String lie :
        List.of(
            "00 80 7fffffff 61",
            "00 c3 03 80 7fffffff 01 61 61",
            "00 c3 03 81 00000000ffffffff 01 61 61",
            "01 80 7ffffff0 01 61",
            "02 80 7ffffff0 01 61",
            "04 80 7ffffff0 01 61 01 62",
            "05 80 7ffffff0 01 61 0000000000000000",
            "0b 0c 02000000 ffffff7f 0100 0200",
            "12 81 7fffffffffffffff 02 07 07000000 0000 ff",
            "13 81 0fffffffffffffff 00",
            "13 00 00 05 03 00 00 00 00 07 80 7fffffff 01 67 02 00 00 00 00",
            "13 00 00 05 03 00 00 00 00 07 01 01 67 02 00 00 80 7fffffff 00")) {
      byte[] bytes = Payloads.of(lie);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThatThrownBy(() -> read(bytes)).as(lie).isInstanceOf(RdbException.class);
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).as(lie).isLessThan(1 << 20);
    }
  }

  private Value read(byte[] bytes) {
    return payload.read(bytes, 0, bytes.length);
  }

  private static byte[] broken(byte[] good, Random random) {
    byte[] broken = good;
    int body = good.length - 10;
    switch (random.nextInt(3)) {
      case 0 -> {
        // Cut short.
        broken = Arrays.copyOf(good, random.nextInt(body) + 11);
      }
      case 1 -> {
        broken = good.clone();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
          broken[random.nextInt(body)] = (byte) random.nextInt();
        }
      }
      default -> {
        broken = good.clone();
        broken[random.nextInt(body)] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return Payloads.signed(broken);
  }

  private static List<Value> values() {
    List<Value> values = new ArrayList<>();
    for (String text : List.of("", "12", "-70000", "text", "compressible ".repeat(20))) {
      values.add(new StringValue(bytes(text)));
    }
    values.add(list(30));
    values.add(list(2000));
    values.add(set("1", "2", "70000"));
    values.add(set("a", "b", "1"));
    values.add(hash(5));
    values.add(hash(30));
    values.add(expiringHash(5));
    values.add(expiringHash(30));
    values.add(sortedSet(8));
    values.add(sortedSet(30));
    values.add(stream());
    return values;
  }

  private static ListValue list(int size) {
    ListValue list = new ListValue();
    for (int i = 0; i < size; i++) {
      byte[] element = bytes(i % 3 == 0 ? Integer.toString(i * 31) : "element " + i);
      list.push(ListValue.End.RIGHT, element, 0, element.length);
    }
    return list;
  }

  private static SetValue set(String... members) {
    SetValue set = new SetValue(512);
    for (String member : members) {
      set.add(bytes(member));
    }
    return set;
  }

  private static HashValue hash(int size) {
    HashValue hash = new HashValue(HASH_LIMITS);
    for (int i = 0; i < size; i++) {
      hash.put(bytes("field" + i), bytes(Integer.toString(i)));
    }
    return hash;
  }

  private static HashValue expiringHash(int size) {
    HashValue hash = hash(size);
    hash.expireField(bytes("field1"), 1_900_000_000_000L);
    hash.expireField(bytes("field3"), 1_900_000_000_777L);
    return hash;
  }

  private static SortedSetValue sortedSet(int size) {
    SortedSetValue set = new SortedSetValue(SORTED_SET_LIMITS);
    for (int i = 0; i < size; i++) {
      byte[] member = bytes("member" + i);
      set.put(member, 0, member.length, i % 3 == 0 ? i : i * 0.1);
    }
    return set;
  }

  private static StreamValue stream() {
    StreamValue stream = new StreamValue();
    for (int i = 1; i <= 40; i++) {
      Request fields =
          i % 7 == 0
              ? Request.of(bytes("other"), bytes("field " + i), bytes("more"), bytes("" + i))
              : Request.of(bytes("name"), bytes("value " + i));
      stream.append(new StreamId(i / 3 + 1, i), fields, 0, LIMITS);
    }
    stream.delete(new StreamId(3, 6));
    ConsumerGroup group = stream.createGroup(bytes("group"), new StreamId(5, 12), 12);
    Consumer alice = group.createConsumer(bytes("alice"), 1_700_000_000_000L);
    alice.active(1_700_000_000_000L);
    Consumer bob = group.createConsumer(bytes("bob"), 1_700_000_000_001L);
    bob.active(1_700_000_000_001L);
    group.addPending(new StreamId(2, 4), alice, 1_600_000_000_000L, 1);
    group.addPending(new StreamId(2, 5), bob, 1_600_000_000_000L, 3);
    stream.delay(1_900_000_000_000L, null, Request.of(bytes("f"), bytes("later")), LIMITS);
    group.addPending(new StreamId(3, 7), group.nobody(), 0, 2);
    stream.createGroup(bytes("empty"), StreamId.MIN, ConsumerGroup.UNKNOWN);
    return stream;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
