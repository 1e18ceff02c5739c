package io.slotcast.broker.migration;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.migration.MigrationJob.Direction;
import io.slotcast.broker.migration.MigrationJob.State;
import io.slotcast.broker.migration.MigrationMessage.Abort;
import io.slotcast.broker.migration.MigrationMessage.Ended;
import io.slotcast.broker.migration.MigrationMessage.Open;
import io.slotcast.broker.migration.MigrationMessage.Wanted;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotMove;
import io.slotcast.router.SlotSet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The atomic migrations of this node, as source and as target: begins them, hands them what other
 * nodes say, and keeps word of those that have ended. {@link #jobs}, {@link #active}, {@link
 * #statistics}, {@link #refusal}, {@link #export}, {@link #importFrom} and {@link #cancel} are for
 * any thread, the rest for the migration thread.
 */
public final class Migrations {
  /** Ended migrations that are kept word of, as cluster-slot-migration-log-max-len of Valkey. */
  private static final int KEPT = 1000;

  private static final int NAME_BYTES = 20;

  private final ClusterView cluster;
  private final Export.Surroundings exporting;
  private final Import.Surroundings importing;
  private final MigrationLink link;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ScheduledExecutorService thread;
  private final Map<Long, Export> exports = new LinkedHashMap<>();
  private final Map<Long, Import> imports = new LinkedHashMap<>();

  /** By the names of migrations from here, who is to hear of their ends. */
  private final Map<String, Asker> askers = new ConcurrentHashMap<>();

  /** By name and direction, in the order of their beginning; guarded by itself. */
  private final Map<String, MigrationJob> jobs = new LinkedHashMap<>();

  private final MigrationStatistics statistics = new MigrationStatistics();

  private record Asker(NodeId node, long number) {}

  Migrations(
      ClusterView cluster,
      Export.Surroundings exporting,
      Import.Surroundings importing,
      MigrationLink link,
      InstantSource clock,
      RandomGenerator random,
      ScheduledExecutorService thread) {
    this.cluster = cluster;
    this.exporting = exporting;
    this.importing = importing;
    this.link = link;
    this.clock = clock;
    this.random = random;
    this.thread = thread;
  }

  // ---- From any thread ----

  /** All that go on and the last that have ended, the oldest first. */
  public List<MigrationJob> jobs() {
    synchronized (jobs) {
      return List.copyOf(jobs.values());
    }
  }

  /** How many go on. */
  public int active(Direction direction) {
    return (int)
        jobs().stream().filter(job -> job.direction() == direction && !job.state().isEnd()).count();
  }

  /** Those that have ended. */
  public MigrationStatistics statistics() {
    return statistics;
  }

  /** Whether some of the slots are on their way to this node or from it. */
  private boolean isMoving(SlotSet slots) {
    return jobs().stream().anyMatch(job -> !job.state().isEnd() && job.slots().intersects(slots));
  }

  /** Slots of this node go to another primary; returns the migration's name. */
  public String export(SlotSet slots, NodeId target) {
    String name = newName();
    note(name, Direction.EXPORT, slots, cluster.self(), target, State.OPENING, "");
    thread.execute(() -> beginExport(name, slots, target));
    return name;
  }

  /** Slots of another primary come here; returns the migration's name. */
  public String importFrom(NodeId source, SlotSet slots) {
    String name = newName();
    note(name, Direction.IMPORT, slots, source, cluster.self(), State.COPYING, "");
    thread.execute(
        () -> {
          if (!link.send(source, number(name), new Wanted(name, slots))) {
            note(
                name,
                Direction.IMPORT,
                slots,
                source,
                cluster.self(),
                State.FAILED,
                "there is no link to the source");
          }
        });
    return name;
  }

  /** Ends a migration, wherever this node is in it, if it still can be ended. */
  public void cancel(MigrationJob job) {
    thread.execute(
        () -> {
          Export export = exports.get(job.number());
          Import incoming = imports.get(job.number());
          if (export != null && job.direction() == Direction.EXPORT) {
            export.cancel();
          } else if (incoming != null && job.direction() == Direction.IMPORT) {
            incoming.cancel();
          }
          forget();
        });
  }

  String newName() {
    byte[] bytes = new byte[NAME_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static long number(String name) {
    return HexFormat.fromHexDigitsToLong(name, 0, 16);
  }

  private void note(
      String name,
      Direction direction,
      SlotSet slots,
      NodeId source,
      NodeId target,
      State state,
      String message) {
    long now = clock.millis();
    keep(
        new MigrationJob(
            name,
            number(name),
            direction,
            slots,
            source,
            target,
            state,
            message,
            now,
            now,
            state.isEnd() ? now : 0,
            0,
            0,
            0));
  }

  private void keep(MigrationJob job) {
    if (job.state().isEnd()) {
      statistics.ended(job);
    }
    Asker asker = job.state().isEnd() ? askers.remove(job.name()) : null;
    if (asker != null && job.direction() == Direction.EXPORT) {
      String error = job.state() == State.DONE ? "" : job.message();
      link.send(asker.node(), asker.number(), new Ended(error));
    }
    synchronized (jobs) {
      jobs.put(job.direction() + job.name(), job);
      if (jobs.size() > KEPT) {
        List<String> ended = new ArrayList<>();
        jobs.forEach(
            (key, each) -> {
              if (each.state().isEnd()) {
                ended.add(key);
              }
            });
        ended.stream().limit(jobs.size() - (long) KEPT).forEach(jobs::remove);
      }
    }
  }

  // ---- On the migration thread ----

  private void beginExport(String name, SlotSet slots, NodeId target) {
    Export export =
        new Export(
            exporting,
            new Progress(
                name,
                number(name),
                Direction.EXPORT,
                slots,
                cluster.self(),
                target,
                State.OPENING,
                clock,
                this::keep),
            runOf(target));
    exports.put(number(name), export);
    export.begin();
    forget();
  }

  /** 0, which no node is in, for a target that is none: the migration fails in the end. */
  private long runOf(NodeId target) {
    Node node = cluster.topology().node(target);
    return node == null ? 0 : node.run();
  }

  void received(NodeId peer, long number, MigrationMessage message) {
    // Some end by the clock.
    forget();
    switch (message) {
      case Wanted(String name, SlotSet slots) -> wanted(peer, number, name, slots);
      case Open(String name, SlotSet slots) -> open(peer, number, name, slots);
      case MigrationMessage.Start(String name, SlotSet slots, NodeId target) ->
          start(peer, number, name, slots, target);
      default -> {
        if (!toExport(peer, number, message) && !toImport(peer, number, message)) {
          strayed(peer, number, message);
        }
      }
    }
    forget();
  }

  private void wanted(NodeId target, long number, String name, SlotSet slots) {
    String refusal = refusal(slots, cluster.self());
    if (refusal == null && !exports.containsKey(number)) {
      beginExport(name, slots, target);
    } else {
      link.send(target, number, new Abort(refusal == null ? "it has begun before" : refusal));
    }
  }

  /** Another node wants slots of this one to go to a third. */
  private void start(NodeId asker, long number, String name, SlotSet slots, NodeId target) {
    String refusal = refusal(slots, cluster.self());
    if (refusal == null) {
      askers.put(name, new Asker(asker, number));
      beginExport(name, slots, target);
    } else {
      link.send(asker, number, new Ended(refusal));
    }
  }

  private void open(NodeId source, long number, String name, SlotSet slots) {
    if (!cluster.namesThisRun(cluster.topology())) {
      link.send(source, number, new Abort("the target was restarted a moment ago"));
      return;
    }
    boolean others =
        imports.values().stream().anyMatch(each -> each.job().slots().intersects(slots));
    if (others || cluster.topology().slotsOf(cluster.self()).intersects(slots)) {
      link.send(source, number, new Abort("the target has some of the slots"));
      return;
    }
    Import incoming =
        new Import(
            importing,
            new Progress(
                name,
                number,
                Direction.IMPORT,
                slots,
                source,
                cluster.self(),
                State.COPYING,
                clock,
                this::keep));
    imports.put(number, incoming);
    incoming.begin();
  }

  /** Why slots of {@code source} cannot begin to move; null if they can. */
  public @Nullable String refusal(SlotSet slots, NodeId source) {
    if (!cluster.topology().slotsOf(source).containsAll(slots)) {
      return "slots are not served by the source node";
    }
    for (SlotMove move : cluster.topology().moves()) {
      if (slots.contains(move.slot())) {
        return "slot " + move.slot() + " is open (CLUSTER SETSLOT)";
      }
    }
    return isMoving(slots) ? "some of the slots are being migrated already" : null;
  }

  private boolean toExport(NodeId peer, long number, MigrationMessage message) {
    Export export = exports.get(number);
    if (export == null || !export.job().target().equals(peer)) {
      return false;
    }
    switch (message) {
      case MigrationMessage.Opened() -> export.onOpened();
      case MigrationMessage.Applied(long bytes) -> export.onApplied(bytes);
      case MigrationMessage.Ready() -> export.onReady();
      case Abort(String reason) -> export.onAborted(reason);
      default -> {
        return message instanceof MigrationMessage.Verdict;
      }
    }
    return true;
  }

  private boolean toImport(NodeId peer, long number, MigrationMessage message) {
    Import incoming = imports.get(number);
    if (incoming == null || !incoming.job().source().equals(peer)) {
      return false;
    }
    switch (message) {
      case MigrationMessage.Data data -> incoming.onData(data);
      case MigrationMessage.Finish(long sequence) -> incoming.onFinish(sequence);
      case Abort(String reason) -> incoming.onAborted(reason);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Of a migration that this node does not know, or no more. */
  private void strayed(NodeId peer, long number, MigrationMessage message) {
    if (message instanceof MigrationMessage.Verdict) {
      link.send(peer, number, new Abort("the source has given up"));
    } else if (message instanceof Abort(String reason)) {
      // The source refused before it began.
      jobs().stream().filter(job -> job.number() == number).forEach(job -> neverBegan(job, reason));
    }
  }

  /** What was asked for, and did not come to this node, has failed. */
  private void neverBegan(MigrationJob job, String reason) {
    if (job.direction() == Direction.IMPORT
        && !job.state().isEnd()
        && !imports.containsKey(job.number())) {
      note(
          job.name(),
          Direction.IMPORT,
          job.slots(),
          job.source(),
          job.target(),
          State.FAILED,
          reason);
    }
  }

  void onLinkEnd(NodeId peer) {
    exports.values().stream()
        .filter(each -> each.job().target().equals(peer))
        .toList()
        .forEach(Export::onLinkEnd);
    imports.values().stream()
        .filter(each -> each.job().source().equals(peer))
        .toList()
        .forEach(Import::onLinkEnd);
    jobs().stream()
        .filter(job -> job.source().equals(peer))
        .forEach(job -> neverBegan(job, "the link to the source was lost"));
    forget();
  }

  void onTopology() {
    imports.values().forEach(Import::onTopology);
    forget();
  }

  /** Whether slots come to this node, so that keys may be here of slots that it does not own. */
  boolean isImporting(int slot) {
    return imports.values().stream()
        .map(Import::job)
        .anyMatch(job -> !job.state().isEnd() && job.slots().contains(slot));
  }

  private void forget() {
    exports.values().removeIf(each -> each.job().state().isEnd());
    imports.values().removeIf(each -> each.job().state().isEnd());
  }
}
