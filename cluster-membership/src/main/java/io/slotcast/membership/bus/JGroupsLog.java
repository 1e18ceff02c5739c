package io.slotcast.membership.bus;

import java.util.List;
import java.util.Locale;
import org.jgroups.logging.CustomLogFactory;
import org.jgroups.logging.Log;
import org.jgroups.logging.LogFactory;
import org.jgroups.logging.Slf4jLogImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JGroups' log lines on SLF4J: its warnings and errors as warnings, the rest as debug. What it says
 * of each connection that breaks is debug too: that a node went is told by views.
 */
final class JGroupsLog extends Slf4jLogImpl {
  /** Of connections that broke, and of channels that take their time to connect or are closed. */
  private static final List<String> EXPECTED =
      List.of(
          "failed handling message",
          "failed sending graceful close",
          " timed out (after",
          "too many JOIN attempts");

  private final Logger logger;

  private JGroupsLog(Logger logger) {
    super(Locale.ROOT, logger);
    this.logger = logger;
  }

  static void install() {
    LogFactory.setCustomLogFactory(
        new CustomLogFactory() {
          @Override
          public Log getLog(Class<?> category) {
            return getLog(
                category == SealedTcp.class ? "org.jgroups.protocols.TCP" : category.getName());
          }

          @Override
          public Log getLog(String category) {
            return new JGroupsLog(LoggerFactory.getLogger(category));
          }
        });
  }

  private void say(String message) {
    if (EXPECTED.stream().anyMatch(message::contains)) {
      logger.debug(message);
    } else {
      logger.warn(message);
    }
  }

  // The formats are JGroups' own, not literals that a compiler could check.
  @SuppressWarnings("AnnotateFormatMethod")
  private static String formatted(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  @Override
  public boolean isInfoEnabled() {
    return logger.isDebugEnabled();
  }

  @Override
  public void fatal(String message) {
    say(message);
  }

  @Override
  public void fatal(String format, Object... arguments) {
    say(formatted(format, arguments));
  }

  @Override
  public void fatal(String message, Throwable cause) {
    logger.warn(message, cause);
  }

  @Override
  public void error(String message) {
    say(message);
  }

  @Override
  public void error(String format, Object... arguments) {
    say(formatted(format, arguments));
  }

  @Override
  public void error(String message, Throwable cause) {
    logger.warn(message, cause);
  }

  @Override
  public void warn(String message) {
    say(message);
  }

  @Override
  public void warn(String format, Object... arguments) {
    say(formatted(format, arguments));
  }

  @Override
  public void info(String message) {
    logger.debug(message);
  }

  @Override
  public void info(String format, Object... arguments) {
    if (logger.isDebugEnabled()) {
      logger.debug(formatted(format, arguments));
    }
  }
}
