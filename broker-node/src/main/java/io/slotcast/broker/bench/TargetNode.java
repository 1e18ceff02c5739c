package io.slotcast.broker.bench;

import io.slotcast.broker.client.InfoText;
import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import java.net.InetSocketAddress;
import java.util.OptionalLong;

/** One node of the cluster that is measured, with a connection for questions. For one thread. */
final class TargetNode implements AutoCloseable {
  private final InetSocketAddress address;
  private final boolean isPrimary;
  private final RespConnection questions;

  TargetNode(InetSocketAddress address, boolean isPrimary, String password) throws BenchException {
    this.address = address;
    this.isPrimary = isPrimary;
    this.questions = TargetCluster.connect(address, password);
  }

  InetSocketAddress address() {
    return address;
  }

  boolean isPrimary() {
    return isPrimary;
  }

  InfoText info(String section) {
    return new InfoText(questions.call("INFO", section).text());
  }

  /** What it has sent to other nodes for publishers. */
  BusTraffic traffic(FanoutMode mode) {
    InfoText info = new InfoText(questions.call("CLUSTER", "INFO").text());
    String bytes = info.field("cluster_stats_pubsub_bytes_sent");
    return new BusTraffic(
        info.number("cluster_stats_messages_" + mode.counter() + "_sent"),
        bytes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(bytes)));
  }

  /** The value of a directive; empty if the server has none of that name. */
  String directive(String name) {
    RespValue reply = questions.call("CONFIG", "GET", name);
    return reply.isError() || reply.items().isEmpty() ? "" : reply.item(1).text();
  }

  void directive(String name, String value) throws BenchException {
    RespValue reply = questions.call("CONFIG", "SET", name, value);
    if (reply.isError()) {
      throw new BenchException(address + " refuses CONFIG SET " + name + ": " + reply.text());
    }
  }

  @Override
  public void close() {
    questions.close();
  }
}
