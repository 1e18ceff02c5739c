package io.slotcast.membership.bus;

import java.time.Duration;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_ALL3;
import org.jspecify.annotations.Nullable;

/** Suspects who sends nothing for some time, which can be changed while it runs. */
final class SilenceDetection extends FD_ALL3 {
  /** Guarded by {@code this}. */
  private @Nullable View view;

  SilenceDetection(Duration silence) {
    // JGroups knows protocols by their class; to other nodes this one is FD_ALL3.
    id = ClassConfigurator.getProtocolId(FD_ALL3.class);
    measure(silence);
  }

  @Override
  public String getName() {
    return "FD_ALL3";
  }

  private void measure(Duration silence) {
    long longest = Math.max(500, silence.toMillis());
    interval = Math.max(100, longest / 5);
    setTimeout(longest);
  }

  /** Everyone is given the new time from now on. */
  synchronized void change(Duration silence) {
    stop();
    timestamps.clear();
    measure(silence);
    if (view != null) {
      handleViewChange(view);
    }
  }

  @Override
  protected synchronized void handleViewChange(View changed) {
    view = changed;
    super.handleViewChange(changed);
  }
}
