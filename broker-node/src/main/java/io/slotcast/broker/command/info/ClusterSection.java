package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;

/** Every node is a cluster's. */
final class ClusterSection implements InfoSection {
  @Override
  public String title() {
    return "Cluster";
  }

  @Override
  public Shown shown() {
    return Shown.BY_DEFAULT;
  }

  @Override
  public void write(InfoLines lines, Call call) {
    lines.field("cluster_enabled", 1);
  }
}
