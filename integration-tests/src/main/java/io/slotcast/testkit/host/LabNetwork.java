package io.slotcast.testkit.host;

import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Hosts for the nodes of one cluster, each a network namespace with an address of its own, on a
 * bridge that is in a namespace too. This process reaches all of them, and they reach each other
 * and nothing else: they have no route out. Packets between two hosts can be lost on demand,
 * silently, as a broken switch loses them; what this process sends and gets is never lost.
 *
 * <p>Everything is removed by {@link #close()}, by the end of this process, or, where it was
 * killed, when the next network is made.
 */
public final class LabNetwork implements AutoCloseable {
  static final String PREFIX = "slotcast";

  private static final String SUBNET = "10.213.";
  private static final int OWN_HOST = 254;
  private static final AtomicInteger made = new AtomicInteger();

  private final String name;
  private final String subnet;
  private final int hosts;
  private final Thread onExit = new Thread(this::remove, "network-removal");

  private LabNetwork(String name, String subnet, int hosts) {
    this.name = name;
    this.subnet = subnet;
    this.hosts = hosts;
  }

  /** Why no such network can be made here; empty if it can. */
  public static Optional<String> missing() {
    String probe = PREFIX + "-" + ProcessHandle.current().pid() + "-0-probe";
    try {
      SystemCommand.run("ip netns add " + probe);
      try {
        SystemCommand.run("ip netns exec " + probe + " iptables -w -A INPUT -s 127.0.0.1 -j DROP");
        SystemCommand.run("ip -n " + probe + " link add name probe type bridge");
        SystemCommand.run("ip -n " + probe + " link add name one type veth peer name other");
      } finally {
        SystemCommand.run("ip netns del " + probe);
      }
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(
          "networks cannot be cut here (that takes root, ip and iptables): " + e.getMessage());
    }
  }

  /**
   * Makes the network.
   *
   * @param hosts how many, at most 200
   * @throws IllegalStateException if that is not allowed here, see {@link #missing()}; nothing is
   *     left then
   */
  public static LabNetwork of(int hosts) {
    Leftovers.remove();
    LabNetwork network =
        new LabNetwork(
            PREFIX + "-" + ProcessHandle.current().pid() + "-" + made.incrementAndGet(),
            freeSubnet(),
            hosts);
    Runtime.getRuntime().addShutdownHook(network.onExit);
    try {
      network.make();
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
    return network;
  }

  /** One that no interface of this machine is in. */
  private static String freeSubnet() {
    int begin = Math.toIntExact(ProcessHandle.current().pid() % 250);
    return IntStream.range(0, 250)
        .mapToObj(i -> SUBNET + (begin + i) % 250 + ".")
        .filter(subnet -> !isUsed(subnet))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no free subnet in " + SUBNET));
  }

  private static boolean isUsed(String subnet) {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .anyMatch(address -> address.getHostAddress().startsWith(subnet));
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void make() {
    String hub = name + "-hub";
    String way = "sc" + name.substring(PREFIX.length() + 1);
    SystemCommand.run("ip netns add " + hub);
    in(hub, "link add name bridge0 type bridge");
    in(hub, "link set dev bridge0 up");
    SystemCommand.run("ip link add name " + way + " type veth peer name uplink netns " + hub);
    in(hub, "link set dev uplink master bridge0 up");
    SystemCommand.run("ip addr add " + subnet + OWN_HOST + "/24 dev " + way);
    SystemCommand.run("ip link set dev " + way + " up");
    for (int host = 0; host < hosts; host++) {
      String namespace = namespace(host);
      SystemCommand.run("ip netns add " + namespace);
      in(hub, "link add name p" + host + " type veth peer name eth0 netns " + namespace);
      in(hub, "link set dev p" + host + " master bridge0 up");
      in(namespace, "addr add " + address(host) + "/24 dev eth0");
      in(namespace, "link set dev eth0 up");
      in(namespace, "link set dev lo up");
    }
  }

  private static void in(String namespace, String command) {
    SystemCommand.run("ip -n " + namespace + " " + command);
  }

  private String namespace(int host) {
    return name + "-" + host;
  }

  /** The address of a host, counted from 0. */
  public String address(int host) {
    return subnet + (host + 1);
  }

  /** What comes before a command that is to run on a host; it becomes that process. */
  public List<String> launcher(int host) {
    return List.of("ip", "netns", "exec", namespace(host));
  }

  /** Loses all packets that go from one host to another, until {@link #heal()}. */
  public void cutOneWay(int from, int to) {
    SystemCommand.run(
        "ip netns exec "
            + namespace(to)
            + " iptables -w -A INPUT -s "
            + address(from)
            + " -j DROP");
  }

  /** Loses all packets between the hosts of a side and the others, until {@link #heal()}. */
  public void cut(Set<Integer> side) {
    for (int one : side) {
      for (int other = 0; other < hosts; other++) {
        if (!side.contains(other)) {
          cutOneWay(one, other);
          cutOneWay(other, one);
        }
      }
    }
  }

  /** No packet is lost from now on. */
  public void heal() {
    for (int host = 0; host < hosts; host++) {
      SystemCommand.run("ip netns exec " + namespace(host) + " iptables -w -F INPUT");
    }
  }

  private synchronized void remove() {
    List<String> namespaces = new ArrayList<>();
    SystemCommand.run("ip netns list")
        .lines()
        .map(line -> line.split(" ")[0])
        .filter(namespace -> namespace.startsWith(name + "-"))
        .forEach(namespaces::add);
    namespaces.forEach(namespace -> SystemCommand.run("ip netns del " + namespace));
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException exiting) {
      // The hook does it.
      return;
    }
    remove();
  }
}
