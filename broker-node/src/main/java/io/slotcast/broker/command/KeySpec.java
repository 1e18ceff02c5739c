package io.slotcast.broker.command;

import io.slotcast.broker.resp.Request;
import java.util.List;

/**
 * Where a command's keys stand among its arguments, as COMMAND INFO's key specifications say it:
 * where to begin, and which of the arguments from there are keys.
 *
 * @param flags what the command does with them, and whether they are keys at all
 */
public record KeySpec(List<Flag> flags, Begin begin, Find find) {
  /** What a command does with its keys; {@code NOT_KEY} marks shard channels. */
  public enum Flag {
    RW,
    RO,
    OW,
    RM,
    ACCESS,
    UPDATE,
    INSERT,
    DELETE,
    NOT_KEY,
    INCOMPLETE,
    VARIABLE_FLAGS
  }

  /** Where the keys begin. */
  public sealed interface Begin {
    /** At a fixed argument; 1 is the first behind the command's name. */
    record Index(int position) implements Begin {}

    /** Behind a keyword, looked for from argument {@code startFrom}; from the end if negative. */
    record Keyword(String keyword, int startFrom) implements Begin {}

    /** Where no rule tells. */
    record Unknown() implements Begin {}
  }

  /** Which arguments from the beginning are keys. */
  public sealed interface Find {
    /**
     * Every {@code step}-th one up to {@code lastKey}, counted from the beginning, or from the last
     * argument (-1) if negative; where {@code limit} is over 1, only the first 1/limit of them.
     */
    record Range(int lastKey, int step, int limit) implements Find {}

    /** As many as the argument at {@code keyNumIndex} says, from {@code firstKey} on. */
    record KeyNum(int keyNumIndex, int firstKey, int step) implements Find {}

    /** Those that the command's own reading of its options gives; COMMAND INFO does not tell. */
    record BySearch(Search search) implements Find {}
  }

  /** Finds keys by a command's options. */
  public interface Search {
    /** The places of keys. */
    int[] places(Request request);
  }

  public KeySpec {
    flags = List.copyOf(flags);
  }

  /** One key at a fixed argument. */
  public static KeySpec one(int position, Flag... flags) {
    return range(position, 0, 1, flags);
  }

  /** Keys from a fixed argument on; see {@link Find.Range}. */
  public static KeySpec range(int position, int lastKey, int step, Flag... flags) {
    return new KeySpec(List.of(flags), new Begin.Index(position), new Find.Range(lastKey, step, 0));
  }

  /** As many keys as the argument at {@code position} says, behind it. */
  public static KeySpec numbered(int position, Flag... flags) {
    return new KeySpec(List.of(flags), new Begin.Index(position), new Find.KeyNum(0, 1, 1));
  }

  /** Keys that only a reading of the command's options gives. */
  public static KeySpec searched(Search search, Flag... flags) {
    return new KeySpec(List.of(flags), new Begin.Unknown(), new Find.BySearch(search));
  }

  public boolean isChannel() {
    return flags.contains(Flag.NOT_KEY);
  }
}
