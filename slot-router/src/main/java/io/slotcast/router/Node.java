package io.slotcast.router;

/**
 * A node as others see it.
 *
 * @param id its name
 * @param host the address that clients and peers connect to: an IP address, without brackets
 * @param hostname the announced host name; empty if there is none
 * @param port the plain client port, also used by peer links; 0 if clients must use TLS
 * @param tlsPort the TLS client port; 0 if there is none
 * @param busPort the JGroups port
 * @param zone the availability zone; empty if none was given
 * @param run counts the node's starts. Its later runs may lack what an earlier one held; a change
 *     that rests on what a node holds names its run
 */
public record Node(
    NodeId id,
    String host,
    String hostname,
    int port,
    int tlsPort,
    int busPort,
    String zone,
    long run) {

  /**
   * A node in its first run with a plain client port, its bus at {@code port + 10000}, no hostname
   * and no zone.
   */
  public static Node plain(NodeId id, String host, int port) {
    return new Node(id, host, "", port, 0, port + 10_000, "", 1);
  }

  /** The same node under another name. */
  public Node withId(NodeId name) {
    return new Node(name, host, hostname, port, tlsPort, busPort, zone, run);
  }

  /** The same node in another run. */
  public Node inRun(long number) {
    return new Node(id, host, hostname, port, tlsPort, busPort, zone, number);
  }

  /** The port that a client should be sent to: that of the kind which it uses itself. */
  public int portFor(boolean tls) {
    return tls || port == 0 ? tlsPort : port;
  }
}
