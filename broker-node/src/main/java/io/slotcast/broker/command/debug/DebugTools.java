package io.slotcast.broker.command.debug;

import io.slotcast.broker.bytes.DoubleNumber;
import io.slotcast.broker.bytes.GlobPattern;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.config.MemorySize;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import io.slotcast.broker.resp.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What DEBUG does. Each subcommand runs without a slot's lock. */
public final class DebugTools {
  private static final Logger log = LoggerFactory.getLogger(DebugTools.class);

  /** A little less than four gigabytes. */
  private static final long LARGEST_THRESHOLD = (1L << 32) - (1 << 20);

  private final SlotTable slots;
  private final DumpPayload payload;
  private final Runnable changeReplicationId;
  private final KeyReports keys;
  private final Digests digests;

  public DebugTools(SlotTable slots, DumpPayload payload, Runnable changeReplicationId) {
    this.slots = slots;
    this.payload = payload;
    this.changeReplicationId = changeReplicationId;
    this.keys = new KeyReports(slots, payload);
    this.digests = new Digests(slots);
  }

  List<Subcommand> subcommands() {
    return List.of(
        Subcommand.of(
            "CHANGE-REPL-ID", "", "Gives this node another replication id.", this::changeId),
        Subcommand.of("DIGEST", "", "Tells a signature of all keys.", digests::all),
        Subcommand.ofMany(
            "DIGEST-VALUE", "<key> [<key> ...]", "Tells each value's signature.", digests::values),
        Subcommand.of("ERROR", "<string>", "Replies an error of that text.", DebugTools::error),
        Subcommand.of(
            "JMAP", "", "Collects garbage, so that memory in use can be measured.", this::collect),
        Subcommand.of("LISTPACK", "<key>", "Writes what a key packs to the log.", keys::listpack),
        Subcommand.of("LOG", "<message>", "Writes to the log.", DebugTools::log),
        Subcommand.of("OBJECT", "<key>", "Tells how a value is stored.", keys::object),
        Subcommand.of(
            "QUICKLIST-PACKED-THRESHOLD",
            "<size>",
            "From which length on an element of a list is dumped by itself; 0 for the default.",
            this::plainElements),
        Subcommand.ofMany(
            "RELOAD", "", "Makes each value anew from what is dumped of it.", this::reload),
        Subcommand.of(
            "SET-ACTIVE-EXPIRE",
            "<0|1>",
            "Whether keys whose time is over go even if nobody asks for them.",
            this::activeExpire),
        Subcommand.of(
            "SET-SKIP-CHECKSUM-VALIDATION",
            "<0|1>",
            "Whether RESTORE takes payloads whose checksum is wrong.",
            this::skipChecksum),
        Subcommand.of(
            "SLEEP",
            "<seconds>",
            "Stops the event loop that it runs on for so long.",
            DebugTools::sleep),
        Subcommand.of(
            "STRINGMATCH-LEN",
            "<pattern> <string>",
            "Tells whether a glob matches.",
            DebugTools::match));
  }

  private void changeId(Call call) {
    changeReplicationId.run();
    call.reply().ok();
  }

  private static void error(Call call) {
    call.reply().error(call.request().text(2));
  }

  private void collect(Call call) {
    System.gc();
    call.reply().ok();
  }

  private static void log(Call call) {
    log.warn("DEBUG LOG: {}", new String(call.request().bytes(2), StandardCharsets.UTF_8));
    call.reply().ok();
  }

  private void plainElements(Call call) {
    OptionalLong size = MemorySize.parse(call.request().text(2));
    if (size.isEmpty() || size.getAsLong() > LARGEST_THRESHOLD) {
      throw new CommandException(
          "ERR argument must be a memory value bigger than 1 and smaller than 4gb");
    }
    payload.plainFrom(size.getAsLong());
    call.reply().ok();
  }

  private void reload(Call call) {
    Request request = call.request();
    for (int i = 2; i < request.count(); i++) {
      if (!request.is(i, "MERGE") && !request.is(i, "NOFLUSH") && !request.is(i, "NOSAVE")) {
        throw new CommandException(
            "ERR DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.");
      }
    }
    if (request.count() > 2) {
      // They are about a file that was saved before.
      throw new CommandException("ERR Error trying to load the RDB dump");
    }
    slots.forEach(slot -> slot.keys().renew(payload::copyOf, call.nowMillis()));
    call.reply().ok();
  }

  private void activeExpire(Call call) {
    slots.expireActively(isSet(call));
    call.reply().ok();
  }

  private void skipChecksum(Call call) {
    payload.checksChecksum(!isSet(call));
    call.reply().ok();
  }

  /** What C's atoi makes of it is not 0. */
  private static boolean isSet(Call call) {
    return call.request().isLong(2) && call.request().toLong(2) != 0;
  }

  private static void sleep(Call call) {
    Request request = call.request();
    double seconds =
        DoubleNumber.parseLoosely(request.array(), request.offset(2), request.length(2));
    try {
      Thread.sleep(Duration.ofNanos((long) (Math.clamp(seconds, 0, 1e9) * 1e9)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    call.reply().ok();
  }

  private static void match(Call call) {
    Request request = call.request();
    boolean matches = new GlobPattern(request.bytes(2)).matches(request.bytes(3));
    call.reply().integer(matches ? 1 : 0);
  }
}
