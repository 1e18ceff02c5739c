package io.slotcast.broker.keyspace.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.KeyEventListener;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.Watch;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.set.SetValue;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.DeadLetters;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.Producers;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.keyspace.string.StringValue;
import io.slotcast.broker.resp.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SlotImagesTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final int SLOT = 7;
  private static final NodeLimits LIMITS = new NodeLimits(() -> 200, () -> 10);

  private static final RdbSettings SETTINGS =
      new RdbSettings(
          true,
          -2,
          16,
          new HashValue.Limits(8, 64),
          new SortedSetValue.Limits(() -> 8, () -> 64),
          LIMITS,
          true);

  private final SlotImages images = new SlotImages(() -> SETTINGS);
  private final Slot slot = new SlotTable().get(SLOT);
  private final Slot other = new SlotTable().get(SLOT);

  @Test
  void randomKeysOfAllTypesComeBackAsTheyAre() {
    for (int seed = 0; seed < 50; seed++) {
      Slot from = new SlotTable().get(SLOT);
      Slot to = new SlotTable().get(SLOT);
      fill(from, new Random(seed));

      copy(from, to);

      assertThat(described(to)).as("seed %d", seed).isEqualTo(described(from));
      assertThat(to.keys().expiringCount()).isEqualTo(from.keys().expiringCount());
    }
  }

  @Test
  void anEmptySlotHasNoParts() {
    SlotImage image = images.of(slot, NOW);

    assertThat(image.parts()).isEmpty();
    assertThat(image.keys()).isZero();
    assertThat(image.version()).isEqualTo(10);
  }

  @Test
  void aLargeSlotComesInSeveralPartsAndEachIsWhole() {
    byte[] large = new byte[3 << 20];
    new Random(1).nextBytes(large);
    for (int i = 0; i < 5; i++) {
      put(slot, "large" + i, new StringValue(large.clone()));
    }

    SlotImage image = images.of(slot, NOW);
    assertThat(image.parts()).hasSizeGreaterThan(1);
    List<byte[]> backwards = new ArrayList<>(image.parts());
    Collections.reverse(backwards);
    backwards.forEach(part -> images.load(part, 0, part.length, other, NOW));

    assertThat(described(other)).isEqualTo(described(slot));
  }

  @Test
  void onlyFieldsThatExpireNeedANewerVersion() {
    HashValue hash = new HashValue(SETTINGS.hashLimits());
    hash.put(bytes("field"), bytes("value"));
    put(slot, "hash", hash);
    assertThat(images.of(slot, NOW).version()).isEqualTo(10);

    hash.expireField(bytes("field"), NOW + 1);

    assertThat(images.of(slot, NOW).version()).isEqualTo(12);
  }

  @Test
  void aStreamKeepsWhatRedisDoesNotKnow() {
    StreamValue stream = new StreamValue();
    Request entry = Request.of(bytes("f"), bytes("v"));
    for (int i = 1; i <= 4; i++) {
      stream.append(new StreamId(i, 0), entry, 0, LIMITS);
    }
    stream.delay(NOW + 500, null, Request.of(bytes("later"), bytes("1")), LIMITS);
    Producers producers = stream.makeProducers();
    producers.configure(50, 20);
    producers.record(bytes("p"), bytes("id1"), new StreamId(NOW, 0), NOW);
    producers.countDuplicate();
    ConsumerGroup group = stream.createGroup(bytes("g"), new StreamId(4, 0), 4);
    group.deadLetters(new DeadLetters(bytes("dead"), 3));
    Consumer consumer = group.createConsumer(bytes("c"), NOW);
    group.createConsumer(bytes("idle"), NOW);
    consumer.active(NOW - 5);
    List<PendingEntry> pending = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      pending.add(group.addPending(new StreamId(i, 0), consumer, NOW, i));
    }
    group.release(pending.get(2), 7);
    group.release(pending.get(0), 8);
    put(slot, "stream", stream);

    copy(slot, other);

    StreamValue read = (StreamValue) Objects.requireNonNull(find(other, "stream"));
    assertThat(read.delayedEntries()).isEqualTo(1);
    assertThat(read.dueMillis()).isEqualTo(NOW + 500);
    Producers readProducers = Objects.requireNonNull(read.producers());
    assertThat(readProducers.find(bytes("p"), bytes("id1"), NOW)).isEqualTo(new StreamId(NOW, 0));
    assertThat(readProducers.duplicates()).isEqualTo(1);
    ConsumerGroup readGroup = Objects.requireNonNull(read.group(bytes("g")));
    assertThat(Objects.requireNonNull(readGroup.deadLetters()).maxDeliveries()).isEqualTo(3);
    PendingEntry first = Objects.requireNonNull(readGroup.claimable(null));
    assertThat(first.id()).isEqualTo(new StreamId(3, 0));
    assertThat(Objects.requireNonNull(readGroup.claimable(first)).id())
        .isEqualTo(new StreamId(1, 0));
    assertThat(Objects.requireNonNull(readGroup.consumer(bytes("c"))).activeMillis())
        .isEqualTo(NOW - 5);
    assertThat(Objects.requireNonNull(readGroup.consumer(bytes("idle"))).activeMillis())
        .isEqualTo(Consumer.NEVER);
    assertThat(described(other)).isEqualTo(described(slot));
  }

  @Test
  void loadingIsNoticedByThoseWhoWatchAndByNobodyElse() {
    List<Integer> effects = new ArrayList<>();
    SlotTable table = new SlotTable();
    table.effects().add((number, array, offset, length) -> effects.add(number));
    List<String> events = new ArrayList<>();
    table
        .events()
        .listener(
            new KeyEventListener() {
              @Override
              public boolean wants(KeyEvent event) {
                return true;
              }

              @Override
              public void happened(KeyEvent event, byte[] array, int offset, int length) {
                events.add(event.text());
              }
            });
    Slot watched = table.get(SLOT);
    put(slot, "k", new StringValue(bytes("v")));
    Watch watch = watched.watch(bytes("k"), NOW);
    long changes = watched.keys().changes();

    copy(slot, watched);
    boolean touchedByLoad = watch.isTouched();
    Watch again = watched.watch(bytes("k"), NOW);
    watched.keys().discard();

    assertThat(touchedByLoad).isTrue();
    assertThat(again.isTouched()).isTrue();
    assertThat(watched.keys().count()).isZero();
    assertThat(watched.keys().changes()).isEqualTo(changes);
    assertThat(effects).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void bytesThatAreNoImageAreRefusedWithTheKeyAndItsType() {
    put(slot, "a key", new StringValue(bytes("value")));
    byte[] part = images.of(slot, NOW).parts().getFirst();
    for (int length = 1; length < part.length; length++) {
      byte[] cut = Arrays.copyOf(part, length);
      assertThatThrownBy(() -> images.load(cut, 0, cut.length, other, NOW))
          .isInstanceOf(RdbException.class);
    }

    byte[] module = HexFormat.of().parseHex("07016b8170ad85cf92a2dc03");
    assertThatThrownBy(() -> images.load(module, 0, module.length, other, NOW))
        .isInstanceOf(RdbException.class)
        .hasMessageContaining("\"k\"")
        .hasMessageContaining("module");
    byte[] unknown = HexFormat.of().parseHex("1e016b");
    assertThatThrownBy(() -> images.load(unknown, 0, unknown.length, other, NOW))
        .hasMessageContaining("\"k\"")
        .hasMessageContaining("type 30");
    byte[] malformed = HexFormat.of().parseHex("0b016b0103");
    assertThatThrownBy(() -> images.load(malformed, 0, malformed.length, other, NOW))
        .hasMessageContaining("\"k\"")
        .hasMessageContaining("SET_INTSET");
  }

  // ---- Random keys ----

  private static void fill(Slot slot, Random random) {
    int keys = random.nextInt(40);
    for (int i = 0; i < keys; i++) {
      byte[] key = random.nextInt(4) == 0 ? Decimal.bytes(i) : text(random, 40, "k" + i);
      Value value = value(random);
      slot.keys().put(key, 0, key.length, value);
      slot.keys().use().first(value, NOW - random.nextInt(10) * 1000L);
      if (random.nextInt(3) == 0) {
        slot.keys().expireAt(value, NOW + random.nextInt(1_000_000) - 500_000);
      }
    }
  }

  private static Value value(Random random) {
    int size = 1 + random.nextInt(random.nextBoolean() ? 6 : 60);
    return switch (random.nextInt(6)) {
      case 0 -> new StringValue(text(random, 300, ""));
      case 1 -> {
        ListValue list = new ListValue();
        for (int i = 0; i < size; i++) {
          byte[] element = text(random, 80, "");
          list.push(ListValue.End.RIGHT, element, 0, element.length);
        }
        yield list;
      }
      case 2 -> {
        SetValue set = new SetValue(SETTINGS.maxIntegers());
        boolean integers = random.nextBoolean();
        for (int i = 0; i < size; i++) {
          set.add(integers ? Decimal.bytes(random.nextInt()) : text(random, 20, "m" + i));
        }
        yield set;
      }
      case 3 -> {
        HashValue hash = new HashValue(SETTINGS.hashLimits());
        for (int i = 0; i < size; i++) {
          byte[] field = text(random, 20, "f" + i);
          hash.put(field, text(random, 80, ""));
          if (random.nextInt(8) == 0) {
            hash.expireField(field, NOW + random.nextInt(1_000_000));
          }
        }
        yield hash;
      }
      case 4 -> {
        SortedSetValue set = new SortedSetValue(SETTINGS.sortedSetLimits());
        for (int i = 0; i < size; i++) {
          byte[] member = text(random, 20, "m" + i);
          set.put(member, 0, member.length, random.nextGaussian());
        }
        yield set;
      }
      default -> stream(random, size);
    };
  }

  private static StreamValue stream(Random random, int size) {
    StreamValue stream = new StreamValue();
    for (int i = 0; i < size; i++) {
      Request elements = Request.of(text(random, 10, ""), text(random, 40, ""));
      stream.append(new StreamId(NOW + i, random.nextInt(5)), elements, 0, LIMITS);
    }
    if (random.nextBoolean()) {
      stream.delete(stream.firstId());
    }
    if (random.nextInt(3) == 0) {
      stream.delay(
          NOW + 1000, null, Request.of(text(random, 9, "f"), text(random, 9, "v")), LIMITS);
    }
    if (random.nextInt(3) == 0) {
      for (int i = 0; i < 5; i++) {
        byte[] producer = bytes("p" + random.nextInt(2));
        stream.makeProducers().record(producer, bytes("id" + i), new StreamId(NOW, i), NOW);
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      group(stream, random, i);
    }
    return stream;
  }

  private static void group(StreamValue stream, Random random, int number) {
    ConsumerGroup group = stream.createGroup(bytes("g" + number), stream.lastId(), 3);
    if (random.nextInt(3) == 0) {
      group.deadLetters(new DeadLetters(bytes("dead"), 1 + random.nextInt(5)));
    }
    List<Consumer> consumers = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      Consumer consumer = group.createConsumer(bytes(i == 1 ? "" : "c" + i), NOW - i);
      consumer.active(random.nextBoolean() ? NOW - i : Consumer.NEVER);
      consumers.add(consumer);
    }
    for (int i = 0; i < random.nextInt(10); i++) {
      Consumer consumer = consumers.get(random.nextInt(consumers.size()));
      PendingEntry entry =
          group.addPending(new StreamId(i, i), consumer, NOW + i, random.nextInt(9));
      if (random.nextInt(3) == 0) {
        group.release(entry, 2);
      }
    }
  }

  private static byte[] text(Random random, int most, String prefix) {
    return switch (random.nextInt(3)) {
      case 0 -> bytes(prefix + random.nextInt());
      case 1 -> bytes(prefix + "ab".repeat(random.nextInt(most / 2)));
      default -> {
        byte[] noise = new byte[random.nextInt(most)];
        random.nextBytes(noise);
        byte[] all = Arrays.copyOf(bytes(prefix), prefix.length() + noise.length);
        System.arraycopy(noise, 0, all, prefix.length(), noise.length);
        yield all;
      }
    };
  }

  // ---- What a slot holds ----

  private void copy(Slot from, Slot to) {
    for (byte[] part : images.of(from, NOW).parts()) {
      images.load(part, 0, part.length, to, NOW);
    }
  }

  /** By key, all that is known of its value. */
  private static Map<String, String> described(Slot slot) {
    Map<String, String> all = new TreeMap<>();
    slot.keys()
        .forEach(
            (key, value) ->
                all.put(
                    HexFormat.of().formatHex(key),
                    value.type()
                        + " "
                        + value.expiresAtMillis()
                        + " "
                        + slot.keys().use().idleSeconds(value, NOW)
                        + " "
                        + described(value)));
    return all;
  }

  private static String described(Value value) {
    List<String> parts = new ArrayList<>();
    switch (value) {
      case HashValue hash ->
          hash.forEach(
              (field, content) ->
                  parts.add(hex(field) + "=" + hex(content) + "@" + hash.fieldExpiry(field)));
      case SetValue set -> set.forEach(member -> parts.add(hex(member)));
      default -> {
        RdbWriter out = new RdbWriter(false);
        if (value instanceof StreamValue stream) {
          StreamExtras.write(stream, out);
        }
        SETTINGS.format().write(value, out);
        parts.add(hex(out.toArray()));
      }
    }
    parts.sort(null);
    return parts.toString();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static void put(Slot slot, String key, Value value) {
    slot.keys().put(bytes(key), 0, key.length(), value);
  }

  private static Value find(Slot slot, String key) {
    return Objects.requireNonNull(slot.keys().find(bytes(key), 0, key.length(), NOW));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
