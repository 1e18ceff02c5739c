package io.slotcast.broker;

import io.netty.handler.ssl.ClientAuth;
import io.slotcast.broker.config.Directive;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.InvalidValueException;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.net.tls.ServerTls;
import io.slotcast.broker.net.tls.TlsException;
import io.slotcast.broker.net.tls.TlsSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the {@code tls-} directives mean; each of them may change at run time, the port apart. */
final class TlsDirectives {
  private static final Logger log = LoggerFactory.getLogger(TlsDirectives.class);
  private static final List<Directive<?>> CHANGEABLE =
      List.of(
          Directives.TLS_CERT_FILE,
          Directives.TLS_KEY_FILE,
          Directives.TLS_KEY_FILE_PASS,
          Directives.TLS_CA_CERT_FILE,
          Directives.TLS_AUTH_CLIENTS,
          Directives.TLS_PROTOCOLS);

  private TlsDirectives() {}

  /** TLS as the configuration wants it, from now on as well; null without a {@code tls-port}. */
  static @Nullable ServerTls follow(ServerConfig config) throws StartupException {
    if (config.get(Directives.TLS_PORT) == 0) {
      return null;
    }
    ServerTls tls;
    try {
      tls = new ServerTls(settings(config));
    } catch (TlsException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
    CHANGEABLE.forEach(directive -> config.onChange(directive, value -> reload(tls, config)));
    return tls;
  }

  private static void reload(ServerTls tls, ServerConfig config) throws InvalidValueException {
    try {
      tls.reload(settings(config));
      log.info("TLS for new connections: certificate {}", config.get(Directives.TLS_CERT_FILE));
    } catch (TlsException e) {
      throw new InvalidValueException(String.valueOf(e.getMessage()));
    }
  }

  private static TlsSettings settings(ServerConfig config) {
    String authorities = config.get(Directives.TLS_CA_CERT_FILE);
    return new TlsSettings(
        file(config, config.get(Directives.TLS_CERT_FILE)),
        file(config, config.get(Directives.TLS_KEY_FILE)),
        config.get(Directives.TLS_KEY_FILE_PASS),
        authorities.isEmpty() ? null : file(config, authorities),
        switch (config.get(Directives.TLS_AUTH_CLIENTS)) {
          case NO -> ClientAuth.NONE;
          case YES -> ClientAuth.REQUIRE;
          case OPTIONAL -> ClientAuth.OPTIONAL;
        },
        config.get(Directives.TLS_PROTOCOLS));
  }

  private static Path file(ServerConfig config, String name) {
    return config.dataFolder().orElse(Path.of("")).resolve(name);
  }
}
