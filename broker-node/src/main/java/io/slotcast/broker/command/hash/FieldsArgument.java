package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.resp.Request;

/** FIELDS count field [field …], with which commands on the expiry of fields end. */
final class FieldsArgument {
  private FieldsArgument() {}

  static Argument syntax() {
    return Argument.block(
            "fields",
            Argument.of("numfields", Type.INTEGER),
            Argument.of("field", Type.STRING).asMultiple())
        .withToken("FIELDS");
  }

  /**
   * Checks them.
   *
   * @param at where FIELDS is to stand
   * @param notPositive the error where the count is none
   * @return where the first field stands; the others follow up to the end
   */
  static int first(Call call, int at, String notPositive) {
    Request request = call.request();
    if (at >= request.count() || !request.is(at, "FIELDS")) {
      throw new CommandException(
          "ERR Mandatory argument FIELDS is missing or not at the right position");
    }
    int countAt = at + 1;
    boolean isPositive =
        countAt < request.count() && request.isLong(countAt) && request.toLong(countAt) > 0;
    if (!isPositive) {
      throw new CommandException(notPositive);
    }
    if (request.toLong(countAt) != request.count() - countAt - 1L) {
      throw new CommandException(
          "ERR The `numfields` parameter must match the number of arguments");
    }
    return countAt + 1;
  }
}
