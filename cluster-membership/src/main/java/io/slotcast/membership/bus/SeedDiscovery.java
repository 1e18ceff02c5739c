package io.slotcast.membership.bus;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCPPING;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Responses;

/**
 * Asks the seeds who is there. A seed whose name has no address yet, as happens where containers
 * and their names come up together, is looked up again each time.
 */
final class SeedDiscovery extends TCPPING {
  /** Touched by discovery runs alone, of which JGroups has one at a time. */
  private List<InetSocketAddress> unresolved;

  SeedDiscovery(Collection<InetSocketAddress> seeds) {
    // JGroups knows protocols by their class; to other nodes this one is TCPPING.
    id = ClassConfigurator.getProtocolId(TCPPING.class);
    unresolved = seeds.stream().filter(InetSocketAddress::isUnresolved).toList();
    initialHosts(seeds.stream().filter(seed -> !seed.isUnresolved()).toList()).portRange(0);
    numDiscoveryRuns(1);
    // Who knows one member only is told of all, the coordinator among them, whom it has to ask to
    // be let in; and of members' addresses that a merge of two groups did not bring along.
    returnEntireCache(true);
    // A seed whose machine is off takes the connection time-out to fail: it must not delay others.
    asyncDiscoveryUseSeparateThread(true);
  }

  @Override
  public String getName() {
    return "TCPPING";
  }

  @Override
  public void findMembers(List<Address> members, boolean initial, Responses responses) {
    if (!unresolved.isEmpty()) {
      lookUpAgain();
    }
    super.findMembers(members, initial, responses);
  }

  private void lookUpAgain() {
    List<PhysicalAddress> hosts = new ArrayList<>(initial_hosts);
    List<InetSocketAddress> left = new ArrayList<>();
    for (InetSocketAddress seed : unresolved) {
      InetSocketAddress now = new InetSocketAddress(seed.getHostString(), seed.getPort());
      if (now.isUnresolved()) {
        left.add(seed);
      } else {
        hosts.add(new IpAddress(now.getAddress(), now.getPort()));
      }
    }
    initial_hosts = hosts;
    unresolved = left;
  }
}
