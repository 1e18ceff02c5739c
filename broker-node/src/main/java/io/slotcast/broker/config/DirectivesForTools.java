package io.slotcast.broker.config;

import io.slotcast.broker.config.Directive.Change;
import java.util.List;

/**
 * Directives of Redis that nothing here asks for. They are taken, remembered and printed with
 * Redis' bounds and defaults, since tools set and read them and existing files hold them. Where
 * ignoring a value would mislead its operator, only the value that is true here is taken.
 */
final class DirectivesForTools {
  private static final long UNBOUNDED = Long.MAX_VALUE;
  private static final long INT = Integer.MAX_VALUE;
  private static final String[] NO_YES_LOCAL = {"no", "yes", "local"};

  private final DirectiveTable table;

  private DirectivesForTools(DirectiveTable table) {
    this.table = table;
  }

  /** Directives of areas that have an effect, which stand among these. */
  record Areas(
      PersistenceDirectives persistence,
      ReplicationDirectives replication,
      FailoverDirectives failover) {}

  static Areas addTo(DirectiveTable table) {
    var rows = new DirectivesForTools(table);
    rows.encodings();
    rows.memory();
    var persistence = new PersistenceDirectives(table);
    var replication = new ReplicationDirectives(table, rows);
    var failover = rows.clusterAndTls();
    rows.process();
    rows.fixed();
    return new Areas(persistence, replication, failover);
  }

  private void encodings() {
    number("list-compress-depth", 0, INT, 0);
    number("set-max-listpack-entries", 0, UNBOUNDED, 128);
    size("set-max-listpack-value", 0, 64);
    size("hll-sparse-max-bytes", 0, 3000);
  }

  private void memory() {
    keep("maxmemory-clients", new MemoryOrPercentType(), "0");
    number("maxmemory-eviction-tenacity", 0, 100, 10);
    number("lfu-log-factor", 0, INT, 10);
    number("lfu-decay-time", 0, INT, 1);
    flag("lazyfree-lazy-eviction", false);
    flag("lazyfree-lazy-expire", false);
    flag("lazyfree-lazy-server-del", false);
    flag("lazyfree-lazy-user-del", false);
    flag("lazyfree-lazy-user-flush", false);
    flag("activerehashing", true);
    number("active-expire-effort", 1, 10, 1);
    flag("activedefrag", false);
    number("active-defrag-cycle-min", 1, 99, 1);
    number("active-defrag-cycle-max", 1, 99, 25);
    number("active-defrag-threshold-lower", 0, 1000, 10);
    number("active-defrag-threshold-upper", 0, 1000, 100);
    size("active-defrag-ignore-bytes", 1, 100L << 20);
    number("active-defrag-max-scan-fields", 1, UNBOUNDED, 1000);
    number("tracking-table-max-keys", 0, UNBOUNDED, 1_000_000);
    flag("jemalloc-bg-thread", true);
  }

  private FailoverDirectives clusterAndTls() {
    keep("cluster-config-file", Change.AT_START, new TextType(), "nodes.conf");
    var failover = new FailoverDirectives(table);
    flag("tls-prefer-server-ciphers", false);
    flag("tls-session-caching", true);
    number("tls-session-cache-size", 0, INT, 20_480);
    number("tls-session-cache-timeout", 0, INT, 300);
    text("tls-dh-params-file", "");
    text("tls-client-cert-file", "");
    text("tls-client-key-file", "");
    keep("tls-client-key-file-pass", new SecretType(), "");
    return failover;
  }

  private void process() {
    keep("databases", Change.AT_START, DirectiveTable.number(1, INT), 16L);
    number("hz", 0, INT, 10);
    flag("dynamic-hz", true);
    keep("io-threads-do-reads", Change.AT_START, new YesNoType(), false);
    number("busy-reply-threshold", 0, UNBOUNDED, 5000, "lua-time-limit");
    number("latency-monitor-threshold", 0, UNBOUNDED, 0);
    number("acllog-max-len", 0, UNBOUNDED, 128);
    choice("acl-pubsub-default", "resetchannels", "allchannels", "resetchannels");
    keep("enable-protected-configs", Change.AT_START, ChoiceType.of(NO_YES_LOCAL), "no");
    keep("enable-module-command", Change.AT_START, ChoiceType.of(NO_YES_LOCAL), "no");
    keep("pidfile", Change.AT_START, new TextType(), "");
    keep("always-show-logo", Change.AT_START, new YesNoType(), false);
    keep("set-proc-title", Change.AT_START, new YesNoType(), true);
    text("proc-title-template", "{title} {listen-addr} {server-mode}");
    flag("crash-log-enabled", true);
    flag("crash-memcheck-enabled", true);
    keep("disable-thp", Change.AT_START, new YesNoType(), true);
    choice("oom-score-adj", "no", "no", "yes", "relative", "absolute");
    keep("oom-score-adj-values", new WordListType("three numbers"), List.of("0", "200", "800"));
    number("shutdown-timeout", 0, INT, 10);
    choice("shutdown-on-sigint", "default", "default", "save", "nosave", "now", "force");
    choice("shutdown-on-sigterm", "default", "default", "save", "nosave", "now", "force");
    text("ignore-warnings", "");
    keep("syslog-ident", Change.AT_START, new TextType(), "redis");
    keep("syslog-facility", Change.AT_START, new TextType(), "local0");
    keep("socket-mark-id", Change.AT_START, DirectiveTable.number(0, 4_294_967_295L), 0L);
    keep("unixsocketperm", Change.AT_START, new TextType(), "0");
    for (String threads : List.of("server", "bio", "aof_rewrite", "bgsave")) {
      keep(threads + "_cpulist", Change.AT_START, new TextType(), "");
    }
  }

  private void fixed() {
    only("daemonize", "no", "a node runs in the foreground");
    only("supervised", "no", "a node runs in the foreground");
    only("syslog-enabled", "no", "logs go to standard output or logfile");
    only("unixsocket", "", "clients connect by TCP");
    only("bind-source-addr", "", "connections to other nodes have no fixed source address");
    only("aclfile", "", "there are no users but the default one");
    only("replicaof", "", "the cluster decides who replicates whom", "slaveof");
    only("tls-cluster", "no", "TLS is there for clients only");
    only("tls-replication", "no", "TLS is there for clients only");
    only("tls-ca-cert-dir", "", "use tls-ca-cert-file");
    only("tls-ciphers", "", "the ciphers are those of the Java runtime");
    only("tls-ciphersuites", "", "the ciphers are those of the Java runtime");
  }

  void flag(String name, boolean defaultValue, String... aliases) {
    keep(name, new YesNoType(), defaultValue, aliases);
  }

  void number(String name, long min, long max, long defaultValue, String... aliases) {
    keep(name, new LongType(min, max), defaultValue, aliases);
  }

  private void size(String name, long min, long defaultValue, String... aliases) {
    keep(name, DirectiveTable.memory(min), defaultValue, aliases);
  }

  void text(String name, String defaultValue, String... aliases) {
    keep(name, new TextType(), defaultValue, aliases);
  }

  void choice(String name, String defaultValue, String... words) {
    keep(name, ChoiceType.of(words), defaultValue);
  }

  private void only(String name, String value, String reason, String... aliases) {
    keep(name, Change.AT_START, new FixedType(value, reason), value, aliases);
  }

  <T> void keep(String name, ValueType<T> type, T defaultValue, String... aliases) {
    keep(name, Change.AT_RUN_TIME, type, defaultValue, aliases);
  }

  private <T> void keep(
      String name, Change change, ValueType<T> type, T defaultValue, String... aliases) {
    table.add(Section.KEPT_FOR_TOOLS, name, type, defaultValue, change, "", aliases);
  }
}
