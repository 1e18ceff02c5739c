package io.slotcast.it.oracle;

import java.util.List;

/**
 * One situation, and what the servers must answer in it.
 *
 * @param protocols 2, 3 or both
 * @param differences phrases of docs/differences.md that say where the servers differ here
 */
record Case(String name, List<Integer> protocols, List<String> differences, List<Step> steps) {
  Case {
    protocols = List.copyOf(protocols);
    differences = List.copyOf(differences);
    steps = List.copyOf(steps);
  }

  /** Whether some line is not expected of both servers. */
  boolean differs() {
    return steps.stream()
        .anyMatch(
            step ->
                switch (step) {
                  case Step.Expect expect -> expect.servers() != Step.Servers.BOTH;
                  case Step.ExpectClosed closed -> closed.servers() != Step.Servers.BOTH;
                  case Step.Send _, Step.AwaitBlocked _, Step.Close _ -> false;
                });
  }
}
