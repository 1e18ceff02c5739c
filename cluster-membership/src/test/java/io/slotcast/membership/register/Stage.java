package io.slotcast.membership.register;

import io.slotcast.membership.register.SimulatedCluster.Letter;
import io.slotcast.membership.register.SimulatedCluster.Shape;
import io.slotcast.router.NodeId;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What schedules are made of: single steps of a {@link SimulatedCluster}, and whole rounds and
 * lease exchanges with a chosen reach, between which single steps are mixed in. What is drawn comes
 * from one seed, and each schedule weighs it differently.
 */
final class Stage {
  private static final int ALL = 0xFF;
  private static final int[] TICKS = {
    1, 1, 3, 10, 30, 48, 100, 250, 470, 500, 900, 940, 949, 951, 953, 990, 1000, 1001
  };
  final SplittableRandom random;
  final Variant variant;
  final Shape shape;
  final SimulatedCluster cluster;
  final int budget;

  /** What nodes propose in this schedule. */
  final Changes changes;

  // Weights and percentages of this schedule.
  private int interrupted;
  final int crashes;
  final int ticks;
  private final int gossip;
  private final int stale;
  private int nested;
  private int steps;
  private int depth;

  /** Whether the round under way is played without any mishap. */
  boolean sure;

  Stage(Variant variant, Shape shape, long seed, int budget) {
    this.random = new SplittableRandom(seed);
    this.variant = variant;
    this.shape = shape;
    this.budget = budget;
    this.cluster = new SimulatedCluster(variant, shape, random);
    this.interrupted = oneOf(0, 10, 40);
    this.crashes = oneOf(0, 2, 8);
    this.ticks = oneOf(3, 15, 40);
    this.gossip = oneOf(0, 30, 80);
    this.stale = oneOf(0, 25, 60);
    this.nested = oneOf(0, 2, 8);
    this.changes = new Changes(this);
  }

  boolean isOver() {
    return cluster.violation() != null || steps >= budget;
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  int oneOf(int a, int b, int c) {
    return switch (random.nextInt(3)) {
      case 0 -> a;
      case 1 -> b;
      default -> c;
    };
  }

  int anyNode() {
    return random.nextInt(shape.nodes);
  }

  /** A node, or two, as bits. */
  int oneOrTwo() {
    int one = 1 << anyNode();
    return one | (1 << anyNode());
  }

  RegisterValue known(int node) {
    return cluster.nodes.get(node).known.value();
  }

  /** A node that knows the newest value that any node knows. */
  int newestNode() {
    int best = anyNode();
    for (int i = 0; i < shape.nodes; i++) {
      best = known(i).epoch() > known(best).epoch() ? i : best;
    }
    return best;
  }

  /** A node that knows the oldest value that any node knows. */
  int stalestNode() {
    int best = anyNode();
    for (int i = 0; i < shape.nodes; i++) {
      best = known(i).epoch() < known(best).epoch() ? i : best;
    }
    return best;
  }

  /** From now on nothing is mixed in, and there is no end to what may be played. */
  void withoutMishaps() {
    interrupted = 0;
    nested = 0;
    sure = false;
    steps = Integer.MIN_VALUE;
  }

  /** Any node, more often one that knows little, or much. */
  int pickNode() {
    int draw = random.nextInt(100);
    int best = anyNode();
    for (int i = 0; i < shape.nodes; i++) {
      long difference = known(i).epoch() - known(best).epoch();
      if (draw < stale ? difference < 0 : draw < stale + 35 && difference > 0) {
        best = i;
      }
    }
    return best;
  }

  int bareMajority(RegisterValue value) {
    int chosen = 0;
    for (Set<NodeId> set : value.voters().sets()) {
      chosen |= bareMajority(cluster.bits(set));
    }
    return chosen;
  }

  int bareMajority(int voters) {
    int chosen = 0;
    while (Integer.bitCount(chosen) * 2 <= Integer.bitCount(voters)) {
      chosen |= 1 << anyNode() & voters;
    }
    return chosen;
  }

  /** Which nodes a step reaches; {@code single} percent of the time a single one. */
  private int reach(RegisterValue one, RegisterValue other, int single) {
    int draw = random.nextInt(100);
    if (draw < single) {
      return 1 << anyNode();
    }
    if (draw < 55) {
      return bareMajority(one) | (percent(60) ? bareMajority(other) : 0);
    }
    return draw < 75 ? ALL : random.nextInt(1 << shape.nodes);
  }

  // Single steps.

  void deliver(Letter letter) {
    steps++;
    cluster.deliver(letter);
  }

  void pass(long time) {
    steps++;
    cluster.pass(time);
  }

  /** Some time goes by; most often as much as makes a difference. */
  void pass() {
    pass(TICKS[random.nextInt(TICKS.length)]);
  }

  void crash(boolean forgetsKnown) {
    crash(anyNode(), forgetsKnown);
  }

  void crash(int node, boolean forgetsKnown) {
    steps++;
    cluster.crash(node, forgetsKnown);
  }

  void release() {
    int slot = random.nextInt(SimulatedCluster.SLOTS);
    release(cluster.ownerOf(slot, cluster.descent.newest()), slot);
  }

  void release(int node, int slot) {
    steps++;
    cluster.release(node, slot);
  }

  void single() {
    int draw = random.nextInt(100);
    if (draw < crashes) {
      crash(percent(40));
    } else if (draw < crashes + ticks) {
      pass();
    } else if (draw < crashes + ticks + 4) {
      begin(pickNode(), null, false);
    } else if (draw < crashes + ticks + 6 && variant == Variant.N10_REMOVED_VOTER_FORGETS) {
      cluster.wipe(anyNode());
    } else if (!cluster.letters.isEmpty()) {
      deliver(anyLetter());
    }
  }

  /** A message that is under way or was delivered before, more often a new one. */
  private Letter anyLetter() {
    int count = cluster.letters.size();
    int draw = random.nextInt(10);
    if (draw < 5) {
      return cluster.letters.get(count - 1 - random.nextInt(Math.min(count, 15)));
    }
    Letter letter = cluster.letters.get(random.nextInt(count));
    for (int attempt = 0; draw < 8 && attempt < 8 && letter.delivered; attempt++) {
      letter = cluster.letters.get(random.nextInt(count));
    }
    return letter;
  }

  /** Mixes single steps, and now and then another round, into what is being played. */
  private void interrupt() {
    if (sure) {
      return;
    }
    while (!isOver() && percent(interrupted)) {
      single();
    }
    if (depth == 0 && !isOver() && percent(nested)) {
      depth++;
      if (percent(70)) {
        round();
      } else {
        lease();
      }
      depth--;
    }
  }

  /** Delivers messages of one kind sent since the {@code first} one, most of them. */
  void pump(int first, MessageKind kind, int from, int to, int chance) {
    for (int i = first; i < cluster.letters.size() && !isOver(); i++) {
      Letter letter = cluster.letters.get(i);
      if (!letter.delivered
          && letter.kind == kind
          && (from >> letter.from & 1) != 0
          && (to >> letter.to & 1) != 0
          && percent(chance)) {
        deliver(letter);
        interrupt();
      }
    }
  }

  /** A lease that the voters among {@code voters} grant, if they do. */
  void lease(int node, int voters) {
    int first = mark();
    askLease(node);
    pump(first, MessageKind.LEASE_REQUEST, 1 << node, voters, 100);
    pump(first, MessageKind.LEASE_GRANTED, ALL, 1 << node, 100);
  }

  /** Delivers messages of one kind sent from the {@code first} to before the {@code end} one. */
  void pumpUntil(int first, int end, MessageKind kind, int from, int to) {
    for (int i = first; i < end && !isOver(); i++) {
      Letter letter = cluster.letters.get(i);
      boolean fits = (from >> letter.from & 1) != 0 && (to >> letter.to & 1) != 0;
      if (!letter.delivered && letter.kind == kind && fits) {
        deliver(letter);
      }
    }
  }

  /** Sends a lease request that is not delivered yet. */
  void askLease(int node) {
    steps++;
    cluster.askLease(node, true, false);
  }

  // Whole rounds and lease exchanges.

  int mark() {
    return cluster.letters.size();
  }

  RegisterChange begin(int node, @Nullable RegisterChange given, boolean full) {
    RegisterChange change = given == null ? changes.draw(node) : given;
    SimulatedNode proposer = cluster.nodes.get(node);
    long own = proposer.state.lastCounter();
    long highest = cluster.highestCounter();
    if (full || percent(75)) {
      proposer.proposer.saw(new Ballot(highest, proposer.id));
    } else {
      cluster.chooseCounter(own + 1 + random.nextLong(Math.max(1, highest - own)));
    }
    if (variant == Variant.N11_BALLOTS_REUSED && percent(50)) {
      cluster.chooseCounter(1 + random.nextLong(highest + 1));
    }
    steps++;
    cluster.begin(node, change);
    return change;
  }

  void round() {
    round(pickNode(), null);
  }

  void round(int node, @Nullable RegisterChange given) {
    int first = mark();
    int me = 1 << node;
    RegisterChange change = begin(node, given, sure);
    if (!sure && percent(15)) {
      return;
    }
    SimulatedNode proposer = cluster.nodes.get(node);
    RegisterValue newest = cluster.descent.newest();
    int promising =
        sure ? bareMajority(known(node)) | bareMajority(newest) : reach(known(node), newest, 5);
    Set<NodeId> next = change.alsoPromised();
    if (next != null && (sure || percent(70))) {
      promising |= bareMajority(cluster.bits(next));
    }
    for (int turn = 0; turn < 4 && !isOver() && proposer.collectsPromises(); turn++) {
      pump(first, MessageKind.PREPARE, me, promising, 97);
      pump(first, MessageKind.PROMISE, ALL, me, 97);
      if (turn == 1 && percent(50)) {
        promising |= reach(newest, newest, 5);
      }
    }
    RegisterValue proposed = proposer.proposing;
    if (isOver() || proposed == null) {
      return;
    }
    interrupt();
    pump(first, MessageKind.LEASE_RELEASED, me, ALL, 70);
    int accepting =
        sure ? bareMajority(proposed) : percent(35) ? promising : reach(proposed, known(node), 25);
    pump(first, MessageKind.ACCEPT, me, accepting, 95);
    if (!sure && percent(12)) {
      return;
    }
    pump(first, MessageKind.REFUSED, ALL, me, 20);
    pump(first, MessageKind.ACCEPTED, ALL, me, 93);
    pump(first, MessageKind.COMMITTED, me, ALL, gossip);
  }

  /** A round whose value is accepted by a node or two, and not heard of again by its proposer. */
  void forlornRound(int node, RegisterChange change) {
    int first = mark();
    begin(node, change, true);
    promise(first, node, ALL, ALL);
    pump(first, MessageKind.ACCEPT, 1 << node, oneOrTwo(), 100);
  }

  /** A round that is played out at once, by as few nodes as can commit its value. */
  void sureRound(int node, RegisterChange change) {
    boolean before = sure;
    sure = true;
    round(node, change);
    sure = before;
  }

  /** A lease that is granted at once, by as few nodes as make a majority. */
  void sureLease(int node) {
    boolean before = sure;
    sure = true;
    lease(node);
    sure = before;
  }

  /** Brings the promises of some nodes about for a round begun after {@code first}. */
  void promise(int first, int node, int asked, int heard) {
    for (int turn = 0; turn < 2; turn++) {
      pump(first, MessageKind.PREPARE, 1 << node, asked, 100);
      pump(first, MessageKind.PROMISE, heard, 1 << node, 100);
    }
  }

  void lease() {
    int slot = random.nextInt(SimulatedCluster.SLOTS);
    lease(percent(50) ? cluster.ownerOf(slot, cluster.descent.newest()) : anyNode());
  }

  void lease(int node) {
    int first = mark();
    RegisterValue known = known(node);
    steps++;
    if (!cluster.askLease(node, percent(80), percent(15))) {
      return;
    }
    if (percent(10)) {
      pass();
    }
    int reached = percent(60) ? bareMajority(known) : reach(known, known, 5);
    pump(first, MessageKind.LEASE_REQUEST, 1 << node, reached, 97);
    if (percent(variant == Variant.N6_COUNTED_FROM_RECEIPT ? 60 : 10)) {
      pass();
    }
    pump(first, MessageKind.LEASE_GRANTED, ALL, 1 << node, 97);
    pump(first, MessageKind.LEASE_REFUSED, ALL, 1 << node, 60);
  }
}
