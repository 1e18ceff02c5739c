package io.slotcast.membership.register;

import io.slotcast.membership.register.SimulatedCluster.Shape;
import java.util.EnumMap;
import java.util.Map;

/** What the nodes of one schedule propose, drawn by weights of its own. */
final class Changes {
  /** What a node may propose; each is drawn by its weight. */
  enum Op {
    IDENTITY,
    OTHER,
    TAKEOVER,
    ENTER_JOINT,
    LEAVE_JOINT,
    ABANDON_JOINT,
    DIRECTLY,
    OTHER_BOUND
  }

  private static final int[] TICKS_BEFORE_LEAVING = {1001, 1001, 955, 905, 862, 480};

  private final Stage stage;
  private final Map<Op, Integer> weights = new EnumMap<>(Op.class);

  Changes(Stage stage) {
    this.stage = stage;
    weighAll();
  }

  private void weighAll() {
    boolean direct = stage.variant == Variant.N1_VOTERS_CHANGED_DIRECTLY;
    boolean voters = stage.shape != Shape.FIXED;
    weigh(Op.IDENTITY, stage.oneOf(0, 2, 6));
    weigh(Op.OTHER, stage.oneOf(0, 3, 8));
    weigh(Op.TAKEOVER, stage.oneOf(2, 8, 16));
    weigh(Op.ENTER_JOINT, voters && !direct ? stage.oneOf(2, 10, 20) : 0);
    weigh(Op.LEAVE_JOINT, voters && !direct ? stage.oneOf(4, 15, 30) : 0);
    weigh(Op.ABANDON_JOINT, stage.variant == Variant.N7_JOINT_ABANDONED ? 10 : 0);
    weigh(Op.DIRECTLY, voters && direct ? 15 : 0);
    weigh(Op.OTHER_BOUND, stage.variant == Variant.N15_LEASE_BOUND_INSIDE_VALUE ? 6 : 0);
  }

  private void weigh(Op op, int weight) {
    weights.put(op, weight);
  }

  RegisterChange draw(int node) {
    int total = weights.values().stream().mapToInt(Integer::intValue).sum();
    int left = stage.random.nextInt(Math.max(total, 1));
    Op op = Op.IDENTITY;
    for (Map.Entry<Op, Integer> each : weights.entrySet()) {
      op = each.getKey();
      left -= each.getValue();
      if (left < 0) {
        break;
      }
    }
    boolean joint = stage.known(node).voters() instanceof Voters.Joint;
    if (op == Op.ENTER_JOINT && joint) {
      op = Op.LEAVE_JOINT;
    } else if (op == Op.LEAVE_JOINT && !joint) {
      op = Op.TAKEOVER;
    }
    return of(op, node);
  }

  RegisterChange of(Op op, int node) {
    return switch (op) {
      case IDENTITY -> RegisterChange.identity();
      case OTHER -> SimulatedCluster.other();
      case TAKEOVER -> {
        if (stage.percent(15)) {
          stage.pass(955);
        }
        int slot = stage.random.nextInt(SimulatedCluster.SLOTS);
        yield stage.cluster.takeover(slot, stage.percent(60) ? node : stage.anyNode());
      }
      case ENTER_JOINT ->
          RegisterChange.enterJoint(stage.cluster.ids(newVoters(stage.known(node))));
      case LEAVE_JOINT -> {
        passBeforeLeaving();
        yield RegisterChange.leaveJoint();
      }
      case ABANDON_JOINT -> {
        passBeforeLeaving();
        yield SimulatedCluster.abandonJoint();
      }
      case DIRECTLY -> SimulatedCluster.directly(stage.cluster.ids(newVoters(stage.known(node))));
      case OTHER_BOUND -> stage.cluster.otherBound();
    };
  }

  private void passBeforeLeaving() {
    if (stage.percent(60)) {
      stage.pass(TICKS_BEFORE_LEAVING[stage.random.nextInt(TICKS_BEFORE_LEAVING.length)]);
    }
  }

  private int newVoters(RegisterValue value) {
    int now = stage.cluster.bits(value.voters().next());
    int all = (1 << stage.shape.nodes) - 1;
    return switch (stage.shape) {
      case ONE_OF_THREE_REPLACED -> {
        for (int attempt = 0; attempt < 50; attempt++) {
          int out = 1 << stage.anyNode();
          int in = 1 << stage.anyNode();
          if ((now & out) != 0 && (now & in) == 0) {
            yield (now & ~out) | in;
          }
        }
        yield now;
      }
      case ALL_THREE_REPLACED -> stage.percent(60) ? ~now & all : anyVoters(3);
      case THREE_TO_FIVE_AND_BACK -> anyVoters(Integer.bitCount(now) == 3 ? 5 : 3);
      case FIXED -> now;
      case ANY -> anyVoters(1 + stage.random.nextInt(5));
    };
  }

  private int anyVoters(int count) {
    int voters = 0;
    while (Integer.bitCount(voters) < count) {
      voters |= 1 << stage.anyNode();
    }
    return voters;
  }
}
