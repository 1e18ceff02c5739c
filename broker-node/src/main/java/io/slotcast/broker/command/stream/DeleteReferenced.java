package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import org.jspecify.annotations.Nullable;

/**
 * XDELEX key [KEEPREF | DELREF | ACKED] IDS numids id [id …] deletes entries; XACKDEL key group …
 * acknowledges them in a group first. Both reply for each id: 1 if it was deleted, -1 if it was not
 * there, or not pending in the group, and 2 if it is kept because a group still needs it.
 */
final class DeleteReferenced implements Command {
  private static final int ABSENT = -1;
  private static final int DELETED = 1;
  private static final int KEPT = 2;

  private final CommandSpec spec;
  private final boolean acknowledges;

  private DeleteReferenced(String name, boolean acknowledges, Argument... target) {
    this.acknowledges = acknowledges;
    this.spec =
        CommandSpec.command(name, acknowledges ? -6 : -5)
            .flags(WRITE, FAST)
            .categories(AclCategory.STREAM)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
            .doc(
                "stream",
                "8.2.0",
                (acknowledges ? "Acknowledges and deletes" : "Deletes")
                    + " entries, as far as the consumer groups need them no more.")
            .complexity("O(1) for each entry.")
            .arguments(target)
            .arguments(ReferencesArgument.doc(), IdList.doc())
            .build();
  }

  static DeleteReferenced xdelex() {
    return new DeleteReferenced("xdelex", false, Argument.key("key", 0));
  }

  static DeleteReferenced xackdel() {
    return new DeleteReferenced(
        "xackdel", true, Argument.key("key", 0), Argument.of("group", Type.STRING));
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    IdList list = IdList.parse(call, acknowledges ? 3 : 2);
    StreamValue stream = call.findKey(1, StreamValue.class);
    ConsumerGroup group = acknowledges ? GroupArgument.find(call, stream, 2) : null;
    boolean isThere = stream != null && (group != null || !acknowledges);
    boolean changed = false;
    call.reply().array(list.ids().length);
    for (StreamId id : list.ids()) {
      int outcome = isThere && stream != null ? delete(stream, group, id, list) : ABSENT;
      changed |= outcome == DELETED || (outcome == KEPT && acknowledges);
      call.reply().integer(outcome);
    }
    if (changed) {
      call.changed(1, KeyEvent.XDEL);
    }
  }

  private static int delete(
      StreamValue stream, @Nullable ConsumerGroup group, StreamId id, IdList list) {
    if (group != null) {
      PendingEntry pending = group.pending().find(id);
      if (pending == null) {
        return ABSENT;
      }
      group.removePending(pending);
    } else if (!stream.contains(id)) {
      return ABSENT;
    }
    boolean isKept = !stream.delete(id, list.references()) && stream.contains(id);
    return isKept ? KEPT : DELETED;
  }
}
