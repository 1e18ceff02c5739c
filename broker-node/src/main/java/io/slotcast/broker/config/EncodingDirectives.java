package io.slotcast.broker.config;

import static io.slotcast.broker.config.DirectiveTable.memory;
import static io.slotcast.broker.config.DirectiveTable.number;
import static io.slotcast.broker.config.DirectiveTable.yesNo;
import static io.slotcast.broker.config.Section.LIMITS;

/** How values are kept in memory, and how DUMP writes them. */
public final class EncodingDirectives {
  public final Directive<Long> streamNodeMaxBytes;
  public final Directive<Long> streamNodeMaxEntries;
  public final Directive<Long> zsetMaxListpackEntries;
  public final Directive<Long> zsetMaxListpackValue;
  public final Directive<Long> listMaxListpackSize;
  public final Directive<Long> setMaxIntsetEntries;
  public final Directive<Long> hashMaxListpackEntries;
  public final Directive<Long> hashMaxListpackValue;
  public final Directive<Boolean> rdbcompression;

  EncodingDirectives(DirectiveTable table) {
    streamNodeMaxBytes =
        table.runTime(
            LIMITS,
            "stream-node-max-bytes",
            memory(0),
            4096L,
            "About how large a block of a stream's entries grows, the unit in which `~` trims; 0 for"
                + " no limit.");
    streamNodeMaxEntries =
        table.runTime(
            LIMITS,
            "stream-node-max-entries",
            number(0, Long.MAX_VALUE),
            100L,
            "How many entries a block of a stream holds at most; 0 for no limit.");
    zsetMaxListpackEntries =
        table.runTime(
            LIMITS,
            "zset-max-listpack-entries",
            number(0, Long.MAX_VALUE),
            128L,
            "How many members a sorted set may have to be packed; one that has had more stays a tree.",
            "zset-max-ziplist-entries");
    zsetMaxListpackValue =
        table.runTime(
            LIMITS,
            "zset-max-listpack-value",
            memory(0),
            64L,
            "How long the members of a packed sorted set may be.",
            "zset-max-ziplist-value");
    listMaxListpackSize =
        table.runTime(
            LIMITS,
            "list-max-listpack-size",
            number(Integer.MIN_VALUE, Integer.MAX_VALUE),
            -2L,
            "How DUMP divides a list: elements in a listpack, or -1 to -5 for 4 to 64 KB.",
            "list-max-ziplist-size");
    setMaxIntsetEntries =
        table.runTime(
            LIMITS,
            "set-max-intset-entries",
            number(0, Long.MAX_VALUE),
            512L,
            "How many integers a set packs at most.");
    hashMaxListpackEntries =
        table.runTime(
            LIMITS,
            "hash-max-listpack-entries",
            number(0, Long.MAX_VALUE),
            512L,
            "How many fields a hash packs at most.",
            "hash-max-ziplist-entries");
    hashMaxListpackValue =
        table.runTime(
            LIMITS,
            "hash-max-listpack-value",
            memory(0),
            64L,
            "How long the fields and values are at most that a hash packs.",
            "hash-max-ziplist-value");
    rdbcompression =
        table.runTime(
            LIMITS, "rdbcompression", yesNo(), true, "Whether DUMP compresses strings with LZF.");
  }
}
