package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.bytes.GlobPattern;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ScanOptions;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.resp.Request;
import io.slotcast.router.SlotHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]: a step of a walk through the keys of this
 * node, slot by slot. A cursor holds the slot in its lowest 14 bits and the place within it above
 * them, so a key that is there all through a walk is met however the slots grow meanwhile.
 */
final class Scan implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("scan", -2)
          .flags(READONLY)
          .categories(AclCategory.KEYSPACE)
          .tips("nondeterministic_output", "request_policy:special")
          .doc("generic", "2.8.0", "Walks through the keys of this node.")
          .complexity(
              "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection.")
          .arguments(
              Argument.of("cursor", CommandDoc.Type.INTEGER),
              Argument.of("pattern", CommandDoc.Type.PATTERN).withToken("MATCH").asOptional(),
              Argument.of("count", CommandDoc.Type.INTEGER).withToken("COUNT").asOptional(),
              Argument.of("type", CommandDoc.Type.STRING).withToken("TYPE").asOptional())
          .build();

  private static final int SLOT_BITS = 14;

  private final SlotTable slots;

  Scan(SlotTable slots) {
    this.slots = slots;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Walk walk = new Walk(call, ScanOptions.cursor(call, 1));
    walk.parse(2);
    walk.run();
    ScanOptions.header(call.reply(), walk.cursor(), walk.found.size());
    walk.found.forEach(call.reply()::bulk);
  }

  /** One step. */
  private final class Walk {
    private final Call call;
    private final List<byte[]> found = new ArrayList<>();
    private int slot;
    private long place;
    private long looked;
    private @Nullable GlobPattern match;
    private @Nullable String type;
    private long count = 10;

    Walk(Call call, long cursor) {
      this.call = call;
      slot = (int) (cursor & (SlotHash.SLOTS - 1));
      place = cursor >>> SLOT_BITS;
    }

    void parse(int from) {
      Request request = call.request();
      for (int i = from; i < request.count(); i += 2) {
        boolean hasValue = i + 1 < request.count();
        if (hasValue && request.is(i, "COUNT")) {
          count = call.longArgument(i + 1);
          if (count < 1) {
            throw CommandException.syntax();
          }
        } else if (hasValue && request.is(i, "MATCH")) {
          match = new GlobPattern(request.bytes(i + 1));
        } else if (hasValue && request.is(i, "TYPE")) {
          type = request.text(i + 1).toLowerCase(Locale.ROOT);
        } else {
          throw CommandException.syntax();
        }
      }
    }

    /** Goes on until enough keys were looked at, or all. */
    void run() {
      while (slot < SlotHash.SLOTS && looked < count) {
        Slot next = slots.find(slot);
        if (next == null) {
          place = 0;
        } else {
          next.lock();
          try {
            do {
              place = next.keys().scan(place, call.nowMillis(), this::look);
            } while (place != 0 && looked < count);
          } finally {
            next.unlock();
          }
        }
        if (place == 0) {
          slot++;
        }
      }
    }

    private void look(byte[] key, Value value) {
      looked++;
      boolean wanted =
          (match == null || match.matches(key))
              && (type == null || type.equals(value.type().redisName()));
      if (wanted) {
        found.add(key);
      }
    }

    long cursor() {
      return slot == SlotHash.SLOTS ? 0 : place << SLOT_BITS | slot;
    }
  }
}
