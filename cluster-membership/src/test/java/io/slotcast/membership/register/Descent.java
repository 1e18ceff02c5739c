package io.slotcast.membership.register;

import io.slotcast.router.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees every acceptance, as no node of a real cluster could, and so knows what is committed: one
 * value for each epoch, all on one line of descent. Values are told apart by object, for a wrong
 * variant may give two values one id.
 */
final class Descent {
  private final IdentityHashMap<RegisterValue, RegisterValue> parents = new IdentityHashMap<>();
  private final IdentityHashMap<RegisterValue, Map<Ballot, Set<NodeId>>> acceptances =
      new IdentityHashMap<>();
  private final Map<Long, RegisterValue> committed = new HashMap<>();
  private final List<RegisterValue> inOrder = new ArrayList<>();
  private @Nullable String fork;

  Descent(RegisterValue genesis) {
    committed.put(genesis.epoch(), genesis);
    inOrder.add(genesis);
  }

  /** A value was proposed on top of the one that its round found; the same one if unchanged. */
  void proposed(RegisterValue value, RegisterValue found) {
    if (value != found) {
      parents.putIfAbsent(value, found);
    }
  }

  void accepted(NodeId voter, Ballot ballot, RegisterValue value) {
    Set<NodeId> voters =
        acceptances
            .computeIfAbsent(value, any -> new HashMap<>())
            .computeIfAbsent(ballot, any -> new HashSet<>());
    if (voters.add(voter) && value.voters().hasMajorityIn(voters)) {
      commit(value);
    }
  }

  private void commit(RegisterValue value) {
    RegisterValue there = committed.get(value.epoch());
    if (there == value) {
      return;
    }
    if (there != null) {
      fork = "fork: " + value + " and " + there + " are both committed";
      return;
    }
    for (RegisterValue each = parents.get(value); each != null; each = parents.get(each)) {
      RegisterValue known = committed.get(each.epoch());
      if (known != null && known != each) {
        fork = "fork: " + value + " does not descend from the committed " + known;
        return;
      }
    }
    for (RegisterValue later : inOrder) {
      if (later.epoch() > value.epoch() && ancestor(later, value.epoch()) != value) {
        fork = "fork: the committed " + later + " does not descend from " + value;
        return;
      }
    }
    committed.put(value.epoch(), value);
    inOrder.add(value);
  }

  private @Nullable RegisterValue ancestor(RegisterValue value, long epoch) {
    RegisterValue each = value;
    while (each != null && each.epoch() > epoch) {
      each = parents.get(each);
    }
    return each;
  }

  /** What went wrong; null if nothing has. */
  @Nullable String fork() {
    return fork;
  }

  int voterChanges() {
    return (int) inOrder.stream().map(RegisterValue::votersId).distinct().count() - 1;
  }

  int commits() {
    return inOrder.size() - 1;
  }

  RegisterValue newest() {
    RegisterValue newest = inOrder.getFirst();
    for (RegisterValue each : inOrder) {
      newest = each.epoch() > newest.epoch() ? each : newest;
    }
    return newest;
  }
}
