package io.slotcast.broker.command;

import io.slotcast.broker.resp.Request;

/**
 * How many elements HRANDFIELD and ZRANDMEMBER are asked for: {@code count [WITH…]}.
 *
 * @param count each element at most once, or with repetition if negative
 * @param paired whether what belongs to an element is replied with it
 */
public record RandomCount(long count, boolean paired) {
  /** Reads the arguments from the count on. */
  public static RandomCount parse(Call call, String pairing) {
    Request request = call.request();
    long count = CountArgument.random(call, 2);
    boolean paired = request.count() == 4 && request.is(3, pairing);
    if (request.count() > 4 || (request.count() == 4 && !paired)) {
      throw CommandException.syntax();
    }
    if (paired && count > Long.MAX_VALUE / 2) {
      throw new CommandException("ERR value is out of range");
    }
    return new RandomCount(count, paired);
  }
}
