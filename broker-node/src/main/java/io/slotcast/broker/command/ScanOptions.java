package io.slotcast.broker.command;

import io.slotcast.broker.bytes.GlobPattern;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What SSCAN, HSCAN and ZSCAN say behind their cursor.
 *
 * @param match which elements are wanted; null for all
 * @param count about how many elements a call returns
 */
public record ScanOptions(@Nullable GlobPattern match, long count) {
  private static final long USUAL_COUNT = 10;
  private static final int LONGEST_CURSOR = 21;

  /** The cursor in an argument: 64 bits without a sign; a minus negates them, as for strtoul. */
  public static long cursor(Call call, int i) {
    String text = call.request().text(i);
    try {
      if (text.length() > LONGEST_CURSOR) {
        throw new NumberFormatException(text);
      }
      return text.startsWith("-")
          ? -Long.parseUnsignedLong(text.substring(1))
          : Long.parseUnsignedLong(text);
    } catch (NumberFormatException invalid) {
      throw new CommandException("ERR invalid cursor");
    }
  }

  /** The options from argument {@code from} on. */
  public static ScanOptions parse(Call call, int from) {
    Request request = call.request();
    GlobPattern match = null;
    long count = USUAL_COUNT;
    for (int i = from; i < request.count(); i += 2) {
      boolean hasValue = i + 1 < request.count();
      if (hasValue && request.is(i, "COUNT")) {
        count = call.longArgument(i + 1);
        if (count < 1) {
          throw CommandException.syntax();
        }
      } else if (hasValue && request.is(i, "MATCH")) {
        match = new GlobPattern(request.bytes(i + 1));
      } else {
        throw CommandException.syntax();
      }
    }
    return new ScanOptions(match, count);
  }

  /** One step of a walk. */
  public interface Step<T> {
    /** Gives the elements behind a cursor; returns the next cursor. */
    long scan(long cursor, Consumer<T> found);
  }

  /** Steps on until enough is found, nothing is left, or ten times as many steps were empty. */
  public <T> long walk(long cursor, List<T> found, Step<T> step) {
    long next = cursor;
    long steps = count > Long.MAX_VALUE / 10 ? Long.MAX_VALUE : count * 10;
    do {
      next = step.scan(next, found::add);
    } while (next != 0 && --steps > 0 && found.size() < count);
    return next;
  }

  public boolean wants(byte[] element) {
    return match == null || match.matches(element);
  }

  /** The reply's beginning: the next cursor, then the header of {@code size} elements. */
  public static void header(RespWriter reply, long next, long size) {
    reply.array(2);
    reply.bulk(Long.toUnsignedString(next));
    reply.array(size);
  }
}
