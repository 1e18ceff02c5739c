package io.slotcast.broker.command;

import org.jspecify.annotations.Nullable;

/**
 * Why this node refuses commands whatever they are about: it loads its data, or cannot keep what is
 * written. Set and asked by any thread.
 */
public final class Refusals {
  private static final String LOADING = "LOADING Redis is loading the dataset in memory";

  private volatile boolean isLoading;
  private volatile @Nullable String ofWrites;

  /** From now on only commands run that need no keys, or all again. */
  public void loading(boolean loading) {
    isLoading = loading;
  }

  public boolean isLoading() {
    return isLoading;
  }

  /** From now on writes get this error, and PING does; null for none. */
  public void writes(@Nullable String error) {
    ofWrites = error;
  }

  /** The error that a command gets; null if it may run. */
  @Nullable String of(RegisteredCommand command) {
    if (isLoading && !command.spec().has(CommandFlag.LOADING)) {
      return LOADING;
    }
    String error = ofWrites;
    boolean isConcerned =
        error != null
            && (command.spec().has(CommandFlag.WRITE) || command.spec().name().equals("ping"));
    return isConcerned ? error : null;
  }
}
