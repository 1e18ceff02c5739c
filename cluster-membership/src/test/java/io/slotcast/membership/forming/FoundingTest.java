package io.slotcast.membership.forming;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.membership.register.Ballot;
import io.slotcast.membership.register.ClusterId;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.ShardId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The vote on which cluster is founded, driven by seeded schedules of lost, late and doubled
 * messages, of founders that die half-way and of voters that restart from what they kept.
 */
class FoundingTest {
  private static final int SCHEDULES = 3_000;
  private static final int STEPS = 150;

  @Test
  void noTwoClustersAreEverFounded() {
    int founded = 0;
    for (int seed = 0; seed < SCHEDULES; seed++) {
      Schedule schedule = new Schedule(seed, 4 + seed % 4);
      schedule.run();
      assertThat(schedule.founded).as("seed %s", seed).hasSizeLessThanOrEqualTo(1);
      founded += schedule.founded.size();
    }
    assertThat(founded).as("schedules that founded a cluster").isGreaterThan(SCHEDULES / 4);
  }

  @Test
  void afterAFounderDiedHalfWayTheNextFoundsWhatItBegan() {
    Schedule schedule = new Schedule(1, 3);
    schedule.begin(0);
    RegisterValue begun = Objects.requireNonNull(schedule.rounds.get(0)).genesis();
    schedule.deliverAll(FoundingMessage.Prepare.class);
    schedule.deliverAll(FoundingMessage.Promise.class);
    schedule.deliverAll(FoundingMessage.Accept.class);
    schedule.bag.clear();
    schedule.rounds.remove(0);

    schedule.begin(1);
    schedule.deliverAll(FoundingMessage.Prepare.class);
    schedule.deliverAll(FoundingMessage.Promise.class);
    schedule.deliverAll(FoundingMessage.Accept.class);
    schedule.deliverAll(FoundingMessage.Accepted.class);

    assertThat(schedule.founded).containsExactly(begun.cluster());
  }

  private record Mail(int from, int to, FoundingMessage message) {}

  private static final class Schedule {
    final Random random;
    final List<Node> nodes;
    final List<FoundingVoter> voters = new ArrayList<>();
    final Map<Integer, FoundingRound> rounds = new HashMap<>();
    final List<Mail> bag = new ArrayList<>();
    final Set<ClusterId> founded = new HashSet<>();

    Schedule(int seed, int count) {
      random = new Random(seed);
      nodes =
          IntStream.range(0, count)
              .mapToObj(i -> Node.plain(NodeId.random(random), "127.0.0.1", 7000 + i))
              .toList();
      nodes.forEach(node -> voters.add(new FoundingVoter(FoundingVoter.State.NONE)));
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        int what = random.nextInt(100);
        int node = random.nextInt(nodes.size());
        if (what < 4) {
          begin(node);
        } else if (what < 6) {
          rounds.remove(node);
          voters.set(node, new FoundingVoter(voters.get(node).state()));
        } else if (!bag.isEmpty()) {
          int index = random.nextInt(bag.size());
          Mail mail = random.nextInt(10) == 0 ? bag.get(index) : bag.remove(index);
          deliver(mail);
        }
      }
    }

    void begin(int founder) {
      Ballot promised = voters.get(founder).state().promised();
      long counter = (promised == null ? 0 : promised.counter()) + 1;
      var prepare = new FoundingMessage.Prepare(new Ballot(counter, nodes.get(founder).id()));
      FoundingMessage own = voters.get(founder).answer(prepare);
      rounds.put(founder, new FoundingRound(prepare.ballot(), nodes.size() / 2 + 1, genesis()));
      for (int to = 0; to < nodes.size(); to++) {
        if (to != founder) {
          bag.add(new Mail(founder, to, prepare));
        }
      }
      bag.add(new Mail(founder, founder, own));
    }

    private RegisterValue genesis() {
      return RegisterValue.genesis(
          ClusterId.random(random),
          PlacementPlan.voters(nodes),
          PlacementPlan.initial(nodes, 0, () -> ShardId.random(random)));
    }

    void deliverAll(Class<? extends FoundingMessage> kind) {
      List<Mail> now = bag.stream().filter(mail -> kind.isInstance(mail.message())).toList();
      bag.removeAll(now);
      now.forEach(this::deliver);
    }

    void deliver(Mail mail) {
      FoundingVoter voter = voters.get(mail.to());
      NodeId from = nodes.get(mail.from()).id();
      switch (mail.message()) {
        case FoundingMessage.Prepare prepare ->
            bag.add(new Mail(mail.to(), mail.from(), voter.answer(prepare)));
        case FoundingMessage.Accept accept ->
            bag.add(new Mail(mail.to(), mail.from(), voter.answer(accept)));
        case FoundingMessage.Promise promise -> onPromise(mail.to(), from, promise);
        case FoundingMessage.Accepted accepted -> {
          FoundingRound round = rounds.get(mail.to());
          if (round != null && round.accepted(from, accepted)) {
            founded.add(round.genesis().cluster());
          }
        }
        case FoundingMessage.Refusal refusal ->
            assertThat(refusal.promised()).isGreaterThan(refusal.ballot());
      }
    }

    private void onPromise(int founder, NodeId from, FoundingMessage.Promise promise) {
      FoundingRound round = rounds.get(founder);
      if (round != null) {
        round
            .promised(from, promise)
            .map(genesis -> new FoundingMessage.Accept(round.ballot(), genesis))
            .ifPresent(
                accept ->
                    IntStream.range(0, nodes.size())
                        .forEach(to -> bag.add(new Mail(founder, to, accept))));
      }
    }
  }
}
