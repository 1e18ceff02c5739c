package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.SlotTable;

/** The keys of this node; the average time to live is not sampled, and 0 means unknown. */
final class KeyspaceSection implements InfoSection {
  private final SlotTable slots;

  KeyspaceSection(SlotTable slots) {
    this.slots = slots;
  }

  @Override
  public String title() {
    return "Keyspace";
  }

  @Override
  public Shown shown() {
    return Shown.BY_DEFAULT;
  }

  @Override
  public void write(InfoLines lines, Call call) {
    KeyspaceTotals totals = KeyspaceTotals.of(slots);
    if (totals.keys() > 0) {
      lines.field("db0", "keys=" + totals.keys() + ",expires=" + totals.expiring() + ",avg_ttl=0");
    }
  }
}
