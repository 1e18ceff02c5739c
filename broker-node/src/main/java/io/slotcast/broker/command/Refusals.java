package io.slotcast.broker.command;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Why this node refuses commands whatever they are about: it loads its data, cannot keep what is
 * written, or is a replica out of touch. The order in which that is looked at is Redis'. Usually
 * there is nothing, which costs a command one look at a field. Set and asked by any thread.
 */
public final class Refusals {
  private static final String NO_REPLICAS = "NOREPLICAS Not enough good replicas to write.";
  private static final String PRIMARY_DOWN =
      "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.";
  private static final String LOADING = "LOADING Redis is loading the dataset in memory";

  /** All written under {@code this}. */
  private volatile boolean loadsFiles;

  private volatile boolean loadsFromPrimary;
  private volatile @Nullable String ofWrites;
  private volatile boolean lacksReplicas;
  private volatile boolean stale;
  private volatile boolean any;

  /** From now on only commands run that need no keys, since files are loaded; or all again. */
  public synchronized void loading(boolean loading) {
    loadsFiles = loading;
    update();
  }

  /** As {@link #loading}, since the primary's keys come in. */
  public synchronized void loadingFromPrimary(boolean loading) {
    loadsFromPrimary = loading;
    update();
  }

  public boolean isLoading() {
    return loadsFiles || loadsFromPrimary;
  }

  /** From now on writes get this error, and PING does; null for none. */
  public synchronized void writes(@Nullable String error) {
    ofWrites = error;
    update();
  }

  /** Whether fewer replicas keep up than {@code min-replicas-to-write} asks for. */
  public synchronized void lacksReplicas(boolean value) {
    lacksReplicas = value;
    update();
  }

  /** Whether this replica's keys are too old to be shown. */
  public synchronized void stale(boolean value) {
    stale = value;
    update();
  }

  private void update() {
    any = isLoading() || ofWrites != null || lacksReplicas || stale;
  }

  /** The error that a client's command gets; null if it may run. */
  @Nullable String of(Client client, RegisteredCommand command) {
    return any ? of(command, client.transaction()) : null;
  }

  private @Nullable String of(RegisteredCommand command, Transaction queue) {
    String error = ofWrites;
    boolean writes = some(command, queue, each -> each.spec().has(CommandFlag.WRITE));
    if (error != null && (writes || command.spec().name().equals("ping"))) {
      return error;
    }
    if (lacksReplicas && writes) {
      return NO_REPLICAS;
    }
    if (stale && some(command, queue, each -> !each.spec().has(CommandFlag.STALE))) {
      return PRIMARY_DOWN;
    }
    boolean needsKeys = some(command, queue, each -> !each.spec().has(CommandFlag.LOADING));
    return isLoading() && needsKeys ? LOADING : null;
  }

  /** Whether something holds for the command, or for one of those that EXEC runs. */
  private static boolean some(
      RegisteredCommand command, Transaction queue, Predicate<RegisteredCommand> holds) {
    return holds.test(command)
        || (command.isExec()
            && queue.commands().stream().anyMatch(queued -> holds.test(queued.command())));
  }
}
