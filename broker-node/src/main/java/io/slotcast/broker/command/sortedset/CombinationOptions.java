package io.slotcast.broker.command.sortedset;

import io.slotcast.broker.bytes.DoubleNumber;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * What ZUNION and its kin say behind their keys.
 *
 * @param inputs with the weights
 */
record CombinationOptions(List<Input> inputs, Aggregate aggregate, boolean withScores) {
  /**
   * @param inputs without weights
   * @param from the argument behind the keys
   * @param stores whether the result is not replied, so that its scores cannot be asked for
   */
  static CombinationOptions parse(
      Call call, List<Input> inputs, int from, Operation operation, boolean stores) {
    Request request = call.request();
    boolean hasScores = operation != Operation.DIFFERENCE;
    List<Input> weighted = inputs;
    Aggregate aggregate = Aggregate.SUM;
    boolean withScores = false;
    int i = from;
    while (i < request.count()) {
      int rest = request.count() - i;
      if (hasScores && rest > inputs.size() && request.is(i, "WEIGHTS")) {
        weighted = weighted(call, i + 1, inputs);
        i += 1 + inputs.size();
      } else if (hasScores && rest >= 2 && request.is(i, "AGGREGATE")) {
        aggregate = aggregate(request, i + 1);
        i += 2;
      } else if (!stores && request.is(i, "WITHSCORES")) {
        withScores = true;
        i++;
      } else {
        throw CommandException.syntax();
      }
    }
    return new CombinationOptions(weighted, aggregate, withScores);
  }

  private static List<Input> weighted(Call call, int from, List<Input> inputs) {
    Request request = call.request();
    List<Input> weighted = new ArrayList<>(inputs.size());
    for (int k = 0; k < inputs.size(); k++) {
      int i = from + k;
      double weight = DoubleNumber.parse(request.array(), request.offset(i), request.length(i));
      if (Double.isNaN(weight)) {
        throw new CommandException("ERR weight value is not a float");
      }
      weighted.add(inputs.get(k).withWeight(weight));
    }
    return weighted;
  }

  private static Aggregate aggregate(Request request, int i) {
    for (Aggregate each : Aggregate.values()) {
      if (request.is(i, each.name())) {
        return each;
      }
    }
    throw CommandException.syntax();
  }
}
