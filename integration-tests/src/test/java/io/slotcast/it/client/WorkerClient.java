package io.slotcast.it.client;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a worker asks of the cluster, in the words of one client library. One worker uses it at a
 * time; several workers have one each.
 */
interface WorkerClient extends AutoCloseable {
  /**
   * An entry of a stream that was handed to a consumer.
   *
   * @param id as text, as in {@code 1700000000000-0}
   * @param job the value of its only field
   */
  record Delivery(String id, String job) {}

  /** LPUSH. */
  void push(String queue, String job);

  /** BRPOP; a job must come within 20 seconds. */
  String take(String queue);

  /** BLMOVE from the right end to the left end; a job must come within 20 seconds. */
  String move(String queue, String processing);

  /** LREM of all that equal the job: how many there were. */
  long remove(String processing, String job);

  /** LLEN. */
  long length(String queue);

  /** XGROUP CREATE with MKSTREAM, for entries from now on. */
  void createGroup(String stream, String group);

  /** XADD of an entry with one field. */
  void append(String stream, String job);

  /** XREADGROUP of new entries with COUNT and a BLOCK of 200 ms; empty if none came. */
  List<Delivery> read(String stream, String group, String consumer, int count);

  /** XACK: how many it was that took the entry off the pending ones. */
  long acknowledge(String stream, String group, String id);

  /** XAUTOCLAIM from the first entry on, however short it has been idle. */
  List<Delivery> claim(String stream, String group, String consumer, int count);

  /** XPENDING's summary: for how many entries nobody has answered. */
  long pending(String stream, String group);

  /** SET of a number. */
  void write(String account, long amount);

  /** GET of a number. */
  long read(String account);

  /**
   * WATCH of both accounts, GET of both, and SET of both in MULTI and EXEC.
   *
   * @param beforeExec runs after the accounts were read
   * @return whether EXEC took place
   */
  boolean transfer(String from, String to, long amount, Runnable beforeExec);

  /** ZADD. */
  void schedule(String queue, String job, double due);

  /** ZRANGEBYSCORE, or ZRANGE with BYSCORE, from the beginning to {@code now}, at most ten. */
  List<String> due(String queue, double now);

  /** ZREM: whether it was there. */
  boolean unschedule(String queue, String job);

  /** ZPOPMIN, or null if it is empty. */
  @Nullable String takeEarliest(String queue);

  /** SET NX with an expiry of a minute: whether it was the first. */
  boolean claimOnce(String guard);

  /** SADD: whether it was the first. */
  boolean addOnce(String seen, String job);

  /** The ports of the nodes that own the slots of these keys. */
  Set<Integer> owners(List<String> keys);

  @Override
  void close();
}
