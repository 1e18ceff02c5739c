package io.slotcast.broker.command;

import io.slotcast.broker.keyspace.ValueType;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;

/**
 * How LMPOP, ZMPOP and those that wait are asked: {@code [timeout] numkeys key … where [COUNT n]}.
 *
 * @param <E> the end at which is popped
 * @param first the argument of the first key
 * @param where the argument of the end, behind the last key
 * @param count how many elements to take at most
 */
public record MultiPopForm<E>(
    boolean mayWait, int first, int where, E end, long count, long timeoutMillis) {
  /**
   * Reads an end.
   *
   * @param <E> as above
   */
  @FunctionalInterface
  public interface EndArgument<E> {
    /**
     * @throws CommandException if it is none
     */
    E read(Request request, int i);
  }

  /** Reads the arguments, in the order in which Redis refuses them. */
  public static <E> MultiPopForm<E> parse(Call call, boolean mayWait, EndArgument<E> ends) {
    Request request = call.request();
    int first = mayWait ? 3 : 2;
    int where = first + CountArgument.keysBeforeMore(call, first - 1);
    E end = ends.read(request, where);
    long count = count(call, where + 1);
    long millis = mayWait ? BlockingTimeout.millis(request, 1) : 0;
    return new MultiPopForm<>(mayWait, first, where, end, count, millis);
  }

  private static long count(Call call, int i) {
    Request request = call.request();
    if (i == request.count()) {
      return 1;
    }
    if (i + 1 == request.count() || !request.is(i, "COUNT")) {
      throw CommandException.syntax();
    }
    long count = CountArgument.atLeast(call, i + 1, 1, "ERR count should be greater than 0");
    if (i + 2 < request.count()) {
      throw CommandException.syntax();
    }
    return count;
  }

  /** None of the keys has anything: the command waits for one, or replies so. */
  public void foundNothing(Call call, ValueType type) {
    if (mayWait) {
      call.waitForKeys(first, where - 1, type, timeoutMillis, RespWriter::nilArray);
    } else {
      call.reply().nilArray();
    }
  }
}
