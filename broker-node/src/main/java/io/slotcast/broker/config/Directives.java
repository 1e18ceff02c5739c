package io.slotcast.broker.config;

import static io.slotcast.broker.config.DirectiveTable.file;
import static io.slotcast.broker.config.DirectiveTable.integer;
import static io.slotcast.broker.config.DirectiveTable.memory;
import static io.slotcast.broker.config.DirectiveTable.micros;
import static io.slotcast.broker.config.DirectiveTable.millis;
import static io.slotcast.broker.config.DirectiveTable.number;
import static io.slotcast.broker.config.DirectiveTable.port;
import static io.slotcast.broker.config.DirectiveTable.seconds;
import static io.slotcast.broker.config.DirectiveTable.text;
import static io.slotcast.broker.config.DirectiveTable.yesNo;
import static io.slotcast.broker.config.Section.CLUSTER;
import static io.slotcast.broker.config.Section.LIMITS;
import static io.slotcast.broker.config.Section.LOGGING;
import static io.slotcast.broker.config.Section.NETWORK;
import static io.slotcast.broker.config.Section.OBSERVATION;
import static io.slotcast.broker.config.Section.OWN;
import static io.slotcast.broker.config.Section.TLS;

import io.slotcast.broker.config.Directive.Change;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The one table of directives. Parsing, CONFIG GET, CONFIG SET, CONFIG REWRITE and {@code
 * docs/configuration.md} all read it.
 */
public final class Directives {
  private static final DirectiveTable TABLE = new DirectiveTable();

  private static final long MEGABYTE = 1L << 20;

  /** The most nodes that a new cluster may be told to wait for. */
  public static final int MAX_INITIAL_NODES = 1000;

  public static final Directive<Integer> PORT =
      TABLE.atStart(
          NETWORK,
          "port",
          port(),
          6379,
          "The client port, also used by the other nodes' links; 0 for none but `tls-port`, which"
              + " only a node alone may have.");

  public static final Directive<List<String>> BIND =
      TABLE.atStart(
          NETWORK,
          "bind",
          new WordListType("IP addresses"),
          List.of("*", "-::*"),
          "Addresses to listen on; `*` and `::*` are all of IPv4 and IPv6, and one after `-` may"
              + " be missing on this machine.");

  public static final Directive<Integer> TCP_BACKLOG =
      TABLE.atStart(
          NETWORK,
          "tcp-backlog",
          integer(0, Integer.MAX_VALUE),
          511,
          "Connections that may wait to be accepted.");

  public static final Directive<Duration> TCP_KEEPALIVE =
      TABLE.runTime(
          NETWORK,
          "tcp-keepalive",
          seconds(0, Integer.MAX_VALUE),
          Duration.ofMinutes(5),
          "TCP keepalive of client connections made from then on; 0 for none.");

  public static final Directive<Duration> TIMEOUT =
      TABLE.runTime(
          NETWORK,
          "timeout",
          seconds(0, Integer.MAX_VALUE),
          Duration.ZERO,
          "An idle client that is not subscribed is disconnected after this; 0 for never.");

  public static final Directive<Long> MAXCLIENTS =
      TABLE.runTime(
          NETWORK,
          "maxclients",
          number(1, 4_294_967_295L),
          10_000L,
          "Client connections at a time; further ones get an error and are closed.");

  public static final Directive<Integer> IO_THREADS =
      TABLE.atStart(
          NETWORK,
          "io-threads",
          integer(1, 128),
          1,
          "Event loops; commands run on them, so more of them use more cores.");

  public static final Directive<String> REQUIREPASS =
      TABLE.runTime(
          NETWORK,
          "requirepass",
          new SecretType(),
          "",
          "The password that clients must give to AUTH; empty for none.");

  public static final Directive<Boolean> PROTECTED_MODE =
      TABLE.runTime(
          NETWORK,
          "protected-mode",
          yesNo(),
          false,
          "With `yes` a node wants `requirepass`, or loopback addresses alone in `bind`.");

  public static final Directive<Integer> TLS_PORT =
      TABLE.atStart(TLS, "tls-port", port(), 0, "The client port with TLS; 0 for none.");

  public static final Directive<String> TLS_CERT_FILE =
      TABLE.runTime(
          TLS, "tls-cert-file", file(), "", "The server's certificate with its chain, PEM.");

  public static final Directive<String> TLS_KEY_FILE =
      TABLE.runTime(TLS, "tls-key-file", file(), "", "The certificate's key, PEM (PKCS #8).");

  public static final Directive<String> TLS_KEY_FILE_PASS =
      TABLE.runTime(TLS, "tls-key-file-pass", new SecretType(), "", "The key file's pass phrase.");

  public static final Directive<String> TLS_CA_CERT_FILE =
      TABLE.runTime(
          TLS,
          "tls-ca-cert-file",
          file(),
          "",
          "Certificates, PEM, that clients' certificates are checked against.");

  public static final Directive<TlsClientAuth> TLS_AUTH_CLIENTS =
      TABLE.runTime(
          TLS,
          "tls-auth-clients",
          ChoiceType.of(TlsClientAuth.class),
          TlsClientAuth.YES,
          "Whether a client must show a certificate; with `optional` one that is shown is"
              + " checked.");

  public static final Directive<List<String>> TLS_PROTOCOLS =
      TABLE.runTime(
          TLS,
          "tls-protocols",
          new ProtocolsType(),
          List.of(),
          "TLS versions to accept; empty for both.");

  public static final Directive<String> DIR =
      TABLE.add(
          LOGGING,
          "dir",
          new FolderType(),
          "./",
          Change.PROTECTED,
          "The data folder, also where relative file names start; empty keeps everything in memory"
              + " only.");

  public static final Directive<LogLevel> LOGLEVEL =
      TABLE.runTime(
          LOGGING,
          "loglevel",
          ChoiceType.of(LogLevel.class),
          LogLevel.NOTICE,
          "How much is logged.");

  public static final Directive<String> LOGFILE =
      TABLE.atStart(
          LOGGING, "logfile", text(), "", "The file to log to; empty for standard output.");

  public static final Directive<Long> PROTO_MAX_BULK_LEN =
      TABLE.runTime(
          LIMITS,
          "proto-max-bulk-len",
          memory(MEGABYTE),
          512 * MEGABYTE,
          "The longest argument of a command.");

  public static final EncodingDirectives ENCODINGS = new EncodingDirectives(TABLE);

  public static final Directive<Long> CLIENT_QUERY_BUFFER_LIMIT =
      TABLE.runTime(
          LIMITS,
          "client-query-buffer-limit",
          memory(MEGABYTE),
          1024 * MEGABYTE,
          "What a client may send ahead of execution before it is disconnected.");

  public static final Directive<OutputBufferLimits> CLIENT_OUTPUT_BUFFER_LIMIT =
      TABLE.runTime(
          LIMITS,
          "client-output-buffer-limit",
          new OutputBufferLimitsType(),
          OutputBufferLimits.DEFAULT,
          "What may wait to be sent to a client before it is disconnected: at once above the hard"
              + " size, after some seconds above the soft one; 0 for no limit.");

  public static final Directive<Long> MAXMEMORY =
      TABLE.runTime(
          LIMITS,
          "maxmemory",
          memory(0),
          0L,
          "How much memory keys may take, as MEMORY USAGE measures it; 0 for no limit.");

  public static final Directive<String> MAXMEMORY_POLICY =
      TABLE.runTime(
          LIMITS,
          "maxmemory-policy",
          ChoiceType.of(
              "volatile-lru",
              "volatile-lfu",
              "volatile-random",
              "volatile-ttl",
              "allkeys-lru",
              "allkeys-lfu",
              "allkeys-random",
              "noeviction"),
          "noeviction",
          "Which keys go above `maxmemory`; with `noeviction` none, and commands that need memory"
              + " are refused.");

  public static final Directive<Long> MAXMEMORY_SAMPLES =
      TABLE.runTime(
          LIMITS,
          "maxmemory-samples",
          number(1, Integer.MAX_VALUE),
          5L,
          "Of how many keys, taken at random, the one to go is chosen.");

  public static final Directive<String> CLUSTER_ENABLED =
      TABLE.atStart(
          CLUSTER,
          "cluster-enabled",
          new FixedType("yes", "every node is a cluster's, if of one node"),
          "yes",
          "Every node is a cluster's, if of one node.");

  public static final Directive<Integer> CLUSTER_PORT =
      TABLE.atStart(
          CLUSTER, "cluster-port", port(), 0, "The bus port; 0 for the client port + 10000.");

  public static final Directive<Duration> CLUSTER_NODE_TIMEOUT =
      TABLE.runTime(
          CLUSTER,
          "cluster-node-timeout",
          millis(100, Integer.MAX_VALUE),
          Duration.ofSeconds(15),
          "A node that is silent for so long is thought dead.");

  public static final Directive<Boolean> CLUSTER_REQUIRE_FULL_COVERAGE =
      TABLE.runTime(
          CLUSTER,
          "cluster-require-full-coverage",
          yesNo(),
          true,
          "Whether no key is served while a slot has no owner, or a whole shard with slots is"
              + " dead.");

  public static final Directive<Boolean> CLUSTER_ALLOW_READS_WHEN_DOWN =
      TABLE.runTime(
          CLUSTER,
          "cluster-allow-reads-when-down",
          yesNo(),
          false,
          "Whether a node answers reads of its slots while the cluster is down.");

  public static final Directive<Boolean> CLUSTER_ALLOW_PUBSUBSHARD_WHEN_DOWN =
      TABLE.runTime(
          CLUSTER,
          "cluster-allow-pubsubshard-when-down",
          yesNo(),
          true,
          "Whether a node serves the shard channels of its slots while the cluster is down.");

  public static final Directive<Duration> CLUSTER_PUBSUBSHARD_HANDOVER =
      TABLE.runTime(
          CLUSTER,
          "cluster-pubsubshard-handover-ms",
          new DurationType(ChronoUnit.MILLIS, 0, 60_000),
          Duration.ofSeconds(2),
          "For how long shard messages wait for subscribers whose node has gone; 0 for not at"
              + " all.");

  public static final Directive<EndpointType> CLUSTER_PREFERRED_ENDPOINT_TYPE =
      TABLE.runTime(
          CLUSTER,
          "cluster-preferred-endpoint-type",
          ChoiceType.of(EndpointType.class),
          EndpointType.IP,
          "What redirects and CLUSTER SLOTS name a node by.");

  public static final Directive<Long> CLUSTER_LINK_SENDBUF_LIMIT =
      TABLE.runTime(
          CLUSTER,
          "cluster-link-sendbuf-limit",
          memory(0),
          64 * MEGABYTE,
          "What may wait to be sent to one other node before messages to it are dropped and"
              + " counted; 0 for no limit.");

  public static final Directive<String> CLUSTER_ANNOUNCE_IP =
      TABLE.atStart(
          CLUSTER,
          "cluster-announce-ip",
          text(),
          "",
          "The address that clients and nodes are told; empty for the one that is bound.");

  public static final Directive<String> CLUSTER_ANNOUNCE_HOSTNAME =
      TABLE.atStart(
          CLUSTER, "cluster-announce-hostname", new HostnameType(), "", "The host name to tell.");

  public static final Directive<Integer> CLUSTER_ANNOUNCE_PORT =
      TABLE.atStart(
          CLUSTER, "cluster-announce-port", port(), 0, "The client port to tell; 0 for `port`.");

  public static final Directive<Integer> CLUSTER_ANNOUNCE_TLS_PORT =
      TABLE.atStart(
          CLUSTER,
          "cluster-announce-tls-port",
          port(),
          0,
          "The TLS client port to tell; 0 for `tls-port`.");

  public static final Directive<Integer> CLUSTER_ANNOUNCE_BUS_PORT =
      TABLE.atStart(
          CLUSTER, "cluster-announce-bus-port", port(), 0, "The bus port to tell; 0 for its own.");

  public static final Directive<Boolean> LATENCY_TRACKING =
      TABLE.runTime(
          OBSERVATION,
          "latency-tracking",
          yesNo(),
          true,
          "Whether each command's times are kept, for INFO latencystats.");

  public static final Directive<List<Double>> LATENCY_TRACKING_INFO_PERCENTILES =
      TABLE.runTime(
          OBSERVATION,
          "latency-tracking-info-percentiles",
          new PercentilesType("latency-tracking-info-percentiles"),
          List.of(50.0, 99.0, 99.9),
          "The percentiles that INFO latencystats shows.");

  public static final Directive<KeyspaceEvents> NOTIFY_KEYSPACE_EVENTS =
      TABLE.runTime(
          OBSERVATION,
          "notify-keyspace-events",
          new KeyspaceEventsType(),
          KeyspaceEvents.NONE,
          "Which changes of keys are published to this node's subscribers, on `__keyspace@0__:…`"
              + " (K) and `__keyevent@0__:…` (E), by the letters of Redis.");

  public static final Directive<Long> SLOWLOG_LOG_SLOWER_THAN =
      TABLE.runTime(
          OBSERVATION,
          "slowlog-log-slower-than",
          number(-1, Long.MAX_VALUE),
          10_000L,
          "From how many microseconds on a command is kept for SLOWLOG; -1 for none.");

  public static final Directive<Long> SLOWLOG_MAX_LEN =
      TABLE.runTime(
          OBSERVATION,
          "slowlog-max-len",
          number(0, Long.MAX_VALUE),
          128L,
          "How many commands SLOWLOG keeps.");

  public static final Directive<List<SeedAddress>> CLUSTER_SEEDS =
      TABLE.atStart(
          OWN,
          "cluster-seeds",
          new SeedsType(),
          List.of(),
          "Client addresses of nodes to find the cluster by, this one among them or not; the bus is"
              + " at port + 10000 unless given.");

  public static final Directive<ClusterFormation> CLUSTER_FORMATION =
      TABLE.atStart(
          OWN,
          "cluster-formation",
          ChoiceType.of(ClusterFormation.class),
          ClusterFormation.AUTO,
          "How a new node comes into a cluster: `self` by forming one with others that owns all"
              + " slots, `manual` by CLUSTER MEET, a cluster of its own without slots until then;"
              + " `auto` is `manual` where `cluster-enabled` is given and neither `cluster-seeds` nor"
              + " `cluster-initial-nodes` is.");

  public static final Directive<Integer> CLUSTER_INITIAL_NODES =
      TABLE.atStart(
          OWN,
          "cluster-initial-nodes",
          integer(0, MAX_INITIAL_NODES),
          0,
          "A new cluster forms itself when so many new nodes have met; 0 for as many as"
              + " `cluster-seeds` names, or one.");

  public static final Directive<Integer> CLUSTER_REPLICAS =
      TABLE.atStart(
          OWN,
          "cluster-replicas",
          integer(0, 100),
          0,
          "Replicas that each primary gets when the cluster forms.");

  public static final Directive<String> CLUSTER_SECRET =
      TABLE.atStart(
          OWN,
          "cluster-secret",
          new SecretType(),
          "",
          "Authenticates the nodes to each other, the same on all; required with"
              + " `requirepass`.");

  public static final Directive<String> AVAILABILITY_ZONE =
      TABLE.atStart(
          OWN,
          "availability-zone",
          text(),
          "",
          "Where this node runs; a replica is placed in another zone than its primary if it can"
              + " be.",
          "cluster-zone");

  public static final Directive<Duration> CLUSTER_LEASE =
      TABLE.atStart(
          OWN,
          "cluster-lease-ms",
          millis(100, 5000),
          Duration.ofSeconds(1),
          "How long a primary may serve without hearing from a majority of the voters.");

  public static final Directive<Integer> ADMIN_PORT =
      TABLE.atStart(
          OWN,
          "admin-port",
          integer(-1, 65_535),
          -1,
          "The HTTP port of `/metrics` and `/health`; -1 for the client port + 20000, 0 for none.");

  public static final Directive<String> ADMIN_BIND =
      TABLE.atStart(OWN, "admin-bind", text(), "127.0.0.1", "The address of the admin port.");

  public static final Directive<PublishRouting> PUBLISH_ROUTING =
      TABLE.runTime(
          OWN,
          "publish-routing",
          ChoiceType.of(PublishRouting.class),
          PublishRouting.BROADCAST,
          "Whether PUBLISH goes to all nodes, or to those with a subscriber that it could reach.");

  public static final Directive<Duration> DELIVERY_FLUSH_GAP =
      TABLE.runTime(
          OWN,
          "delivery-flush-gap",
          micros(0, 100_000),
          Duration.ofNanos(500_000),
          "How long deliveries may wait for company under load, at most; replies never wait.");

  public static final Directive<IoTransport> IO_TRANSPORT =
      TABLE.atStart(
          OWN,
          "io-transport",
          ChoiceType.of(IoTransport.class, type -> type.name().toLowerCase(Locale.ROOT)),
          IoTransport.AUTO,
          "How sockets are driven; `auto` is epoll where there is one, else NIO.");

  public static final Directive<String> ENABLE_DEBUG_COMMAND =
      TABLE.atStart(
          OBSERVATION,
          "enable-debug-command",
          ChoiceType.of("no", "yes", "local"),
          "no",
          "Whether DEBUG works, for all clients or for those on this machine.");

  private static final DirectivesForTools.Areas AREAS = DirectivesForTools.addTo(TABLE);

  public static final ReplicationDirectives REPLICATION = AREAS.replication();

  public static final FailoverDirectives FAILOVER = AREAS.failover();

  public static final PersistenceDirectives PERSISTENCE = AREAS.persistence();

  private static final List<Directive<?>> ALL = TABLE.all();

  private Directives() {}

  /** Every directive, at its index. */
  public static List<Directive<?>> all() {
    return ALL;
  }

  /** The directive of this name or alias, in any case; null if there is none. */
  public static @Nullable Directive<?> named(String name) {
    return TABLE.named(name);
  }
}
