package io.slotcast.broker.command.sortedset;

import io.slotcast.broker.keyspace.sortedset.Ranks;
import io.slotcast.broker.keyspace.sortedset.ScoredMember;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.resp.RespWriter;
import java.util.List;

/**
 * Members as a reply, in turn with their scores where those are asked for; in RESP3 a member and
 * its score are an array of their own.
 */
record EntryReply(RespWriter reply, boolean withScores) {
  /** Entries of a sorted set. */
  void ranks(SortedSetValue set, Ranks ranks, boolean reverse) {
    header(ranks.count());
    set.forEach(ranks, reverse, this::entry);
  }

  void entries(List<ScoredMember> entries) {
    header(entries.size());
    entries.forEach(each -> entry(each.member(), 0, each.member().length, each.score()));
  }

  void header(long count) {
    reply.array(withScores && !reply.isResp3() ? count * 2 : count);
  }

  void entry(byte[] array, int offset, int length, double score) {
    if (withScores && reply.isResp3()) {
      reply.array(2);
    }
    reply.bulk(array, offset, length);
    if (withScores) {
      reply.decimal(score);
    }
  }
}
