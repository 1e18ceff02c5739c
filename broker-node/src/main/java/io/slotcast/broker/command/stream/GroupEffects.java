package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamId;
import java.util.ArrayList;
import java.util.List;

/**
 * What reading and claiming in a group records: who has which entry since when, as XCLAIM; entries
 * that are pending no more, as XACK; and how far the group came, as XGROUP SETID.
 */
final class GroupEffects {
  private static final byte[] XCLAIM = Words.of("XCLAIM");
  private static final byte[] XACK = Words.of("XACK");
  private static final byte[] XGROUP = Words.of("XGROUP");
  private static final byte[] SETID = Words.of("SETID");
  private static final byte[] CREATECONSUMER = Words.of("CREATECONSUMER");
  private static final byte[] ENTRIESREAD = Words.of("ENTRIESREAD");
  private static final byte[] TIME = Words.of("TIME");
  private static final byte[] RETRYCOUNT = Words.of("RETRYCOUNT");
  private static final byte[] FORCE = Words.of("FORCE");
  private static final byte[] JUSTID = Words.of("JUSTID");
  private static final byte[] LASTID = Words.of("LASTID");
  private static final byte[] ZERO = Words.of("0");

  private final Call call;
  private final int keyArgument;
  private final byte[] key;
  private final ConsumerGroup group;
  private final boolean wanted;

  GroupEffects(Call call, int keyArgument, ConsumerGroup group) {
    this.call = call;
    this.keyArgument = keyArgument;
    this.key = call.request().bytes(keyArgument);
    this.group = group;
    this.wanted = call.slot().effects().isWanted();
    call.noEffect();
  }

  void consumerCreated(Consumer consumer) {
    call.happened(keyArgument, KeyEvent.XGROUP_CREATECONSUMER);
    if (wanted) {
      call.effect(XGROUP, CREATECONSUMER, key, group.name(), consumer.name());
    }
  }

  /** Entries that one consumer has now, all of them since the same time and as often delivered. */
  void delivered(List<PendingEntry> entries) {
    if (!wanted || entries.isEmpty()) {
      return;
    }
    PendingEntry any = entries.getFirst();
    List<byte[]> words = new ArrayList<>();
    words.addAll(List.of(XCLAIM, key, group.name(), any.consumer().name(), ZERO));
    entries.forEach(entry -> words.add(entry.id().toBytes()));
    words.addAll(List.of(TIME, Words.of(any.deliveredMillis())));
    words.addAll(List.of(RETRYCOUNT, Words.of(any.deliveries()), FORCE, JUSTID));
    words.addAll(List.of(LASTID, group.lastDelivered().toBytes()));
    call.effect(words.toArray(byte[][]::new));
  }

  /** As {@link #delivered}, of entries that differ. */
  void deliveredOneByOne(List<PendingEntry> entries) {
    entries.forEach(entry -> delivered(List.of(entry)));
  }

  void removed(List<StreamId> ids) {
    if (!wanted || ids.isEmpty()) {
      return;
    }
    List<byte[]> words = new ArrayList<>(List.of(XACK, key, group.name()));
    ids.forEach(id -> words.add(id.toBytes()));
    call.effect(words.toArray(byte[][]::new));
  }

  void progressed() {
    if (wanted) {
      call.effect(
          XGROUP,
          SETID,
          key,
          group.name(),
          group.lastDelivered().toBytes(),
          ENTRIESREAD,
          Words.of(group.entriesRead()));
    }
  }
}
