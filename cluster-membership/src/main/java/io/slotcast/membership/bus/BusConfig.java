package io.slotcast.membership.bus;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What the bus is told.
 *
 * @param name this node in JGroups' own log lines
 * @param bind where to listen
 * @param external the address that others connect to; equal to {@code bind} where nothing is
 *     between
 * @param seeds where to look for other nodes
 * @param secret seals every packet; empty for none
 * @param silence a node that sends nothing for this long is suspected
 */
public record BusConfig(
    String name,
    InetSocketAddress bind,
    InetSocketAddress external,
    List<InetSocketAddress> seeds,
    String secret,
    Duration silence) {
  public BusConfig {
    seeds = List.copyOf(seeds);
  }

  BusConfig withSilence(Duration changed) {
    return new BusConfig(name, bind, external, seeds, secret, changed);
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return "BusConfig[" + name + ", bind=" + bind + ", seeds=" + seeds + "]";
  }
}
