package io.slotcast.it.client;

import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.ClusterProcesses;
import io.slotcast.testkit.TestCluster;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** How the six nodes run against which every suite of clients is run. */
enum Deployment {
  IN_PROCESS,
  PROCESSES;

  private static final Map<Deployment, Cluster> CLUSTERS = new ConcurrentHashMap<>();

  /** The cluster, started when it is first asked for and shared by all test classes. */
  Cluster cluster() {
    return CLUSTERS.computeIfAbsent(this, Deployment::start);
  }

  private static Cluster start(Deployment deployment) {
    return switch (deployment) {
      case IN_PROCESS -> TestCluster.start(ClusterPlan.sixNodes());
      case PROCESSES -> ClusterProcesses.start(ClusterPlan.sixNodes());
    };
  }

  /** Ends what was started; named in META-INF/services. */
  public static final class End implements LauncherSessionListener {
    @Override
    public void launcherSessionClosed(LauncherSession session) {
      CLUSTERS.values().forEach(Cluster::close);
    }
  }
}
