package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.ServerVersion;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.net.Transport;
import java.nio.file.Path;
import java.util.Locale;

/** What runs here, and since when. */
final class ServerSection implements InfoSection {
  private static final long SECONDS_A_DAY = 86_400;

  private final ServerConfig config;
  private final Transport transport;
  private final String runId;
  private final long startedMillis;

  ServerSection(ServerConfig config, Transport transport, String runId, long startedMillis) {
    this.config = config;
    this.transport = transport;
    this.runId = runId;
    this.startedMillis = startedMillis;
  }

  @Override
  public String title() {
    return "Server";
  }

  @Override
  public Shown shown() {
    return Shown.BY_DEFAULT;
  }

  @Override
  public void write(InfoLines lines, Call call) {
    long up = Math.max(call.nowMillis() - startedMillis, 0) / 1000;
    lines.field("redis_version", ServerVersion.REDIS);
    lines.field("slotcast_version", ServerVersion.SLOTCAST);
    lines.field("redis_git_sha1", "00000000");
    lines.field("redis_git_dirty", 0);
    lines.field("redis_build_id", "0000000000000000");
    lines.field("redis_mode", "cluster");
    lines.field(
        "os", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
    lines.field("arch_bits", 64);
    lines.field("monotonic_clock", "System.nanoTime");
    lines.field("multiplexing_api", transport.name().toLowerCase(Locale.ROOT));
    lines.field("java_version", property("java.version"));
    lines.field("process_id", ProcessHandle.current().pid());
    lines.field("process_supervised", "no");
    lines.field("run_id", runId);
    lines.field("tcp_port", config.get(Directives.PORT));
    lines.field("server_time_usec", call.nowMillis() * 1000);
    lines.field("uptime_in_seconds", up);
    lines.field("uptime_in_days", up / SECONDS_A_DAY);
    lines.field("hz", 1);
    lines.field("configured_hz", 1);
    lines.field("lru_clock", call.nowMillis() / 1000 & 0xFFFFFF);
    lines.field("executable", ProcessHandle.current().info().command().orElse(""));
    lines.field("config_file", config.file().map(Path::toString).orElse(""));
    lines.field("io_threads_active", config.get(Directives.IO_THREADS) > 1 ? 1 : 0);
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
