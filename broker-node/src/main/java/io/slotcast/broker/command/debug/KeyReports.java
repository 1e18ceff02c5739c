package io.slotcast.broker.command.debug;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotKeys;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import io.slotcast.broker.resp.Request;
import io.slotcast.router.SlotHash;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DEBUG OBJECT and LISTPACK: how the value of one key is stored. */
final class KeyReports {
  private static final Logger log = LoggerFactory.getLogger(KeyReports.class);

  /** The byte that says how a value is laid out, the version and the checksum. */
  private static final int AROUND_PAYLOAD = 11;

  private final SlotTable slots;
  private final DumpPayload payload;

  KeyReports(SlotTable slots, DumpPayload payload) {
    this.slots = slots;
    this.payload = payload;
  }

  void object(Call call) {
    call.reply().simple(ofKey(call, (keys, value) -> describe(call, keys, value)));
  }

  private String describe(Call call, SlotKeys keys, Value value) {
    return "Value at:0x%x refcount:1 encoding:%s serializedlength:%d lru:%d lru_seconds_idle:%d%s"
        .formatted(
            System.identityHashCode(value),
            value.encoding(),
            payload.of(value).length - AROUND_PAYLOAD,
            keys.use().bits(value),
            keys.use().idleSeconds(value, call.nowMillis()),
            value instanceof ListValue list ? describe(list) : "");
  }

  private String describe(ListValue list) {
    DumpPayload.ListShape shape = payload.shapeOf(list);
    return String.format(
        Locale.ROOT,
        " ql_nodes:%d ql_avg_node:%.2f ql_listpack_max:%d ql_compressed:0"
            + " ql_uncompressed_size:%d",
        shape.nodes(),
        (double) list.size() / shape.nodes(),
        shape.nodeSize(),
        shape.bytes());
  }

  void listpack(Call call) {
    String report =
        ofKey(
            call,
            (keys, value) -> {
              if (!value.encoding().equals("listpack")) {
                throw new CommandException("ERR Not a listpack encoded object.");
              }
              return HexFormat.of().formatHex(payload.of(value));
            });
    log.info("DEBUG LISTPACK: {}", report);
    call.reply().simple("Listpack structure printed on stdout");
  }

  /** Asks about the key in argument 2, in whichever slot it is, under that slot's lock. */
  private String ofKey(Call call, BiFunction<SlotKeys, Value, String> question) {
    Request request = call.request();
    byte[] array = request.array();
    int offset = request.offset(2);
    int length = request.length(2);
    Slot slot = slots.get(SlotHash.slotOf(array, offset, length));
    slot.lock();
    try {
      Value value = slot.keys().find(array, offset, length, call.nowMillis());
      if (value == null) {
        throw new CommandException("ERR no such key");
      }
      return question.apply(slot.keys(), value);
    } finally {
      slot.unlock();
    }
  }
}
