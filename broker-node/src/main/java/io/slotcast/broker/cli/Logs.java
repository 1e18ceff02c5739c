package io.slotcast.broker.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import io.slotcast.broker.StartupException;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.LogLevel;
import io.slotcast.broker.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where log lines go: to standard error or {@code logfile}, through a queue that drops lines rather
 * than hold up an event loop. A line names its thread, and a node's threads carry its port.
 */
final class Logs {
  private static final String PATTERN =
      "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger{0}: %msg%n";
  private static final int QUEUE_LENGTH = 8192;

  private Logs() {}

  /** Sets up logging for the process as one node's configuration says. */
  static void start(ServerConfig config) throws StartupException {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    OutputStreamAppender<ILoggingEvent> target = target(config);
    context.reset();
    attach(context, target);
    setLevel(context, config.get(Directives.LOGLEVEL));
    follow(config);
  }

  /** Does what CONFIG SET loglevel says, on any node: it holds for the whole process. */
  static void follow(ServerConfig config) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    config.onChange(Directives.LOGLEVEL, level -> setLevel(context, level));
  }

  /** Writes out what waits in the queue; for the end of the process. */
  static void stop() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  private static OutputStreamAppender<ILoggingEvent> target(ServerConfig config)
      throws StartupException {
    String logfile = config.get(Directives.LOGFILE);
    if (logfile.isEmpty()) {
      var console = new ConsoleAppender<ILoggingEvent>();
      console.setTarget("System.err");
      return console;
    }
    Path path = config.dataFolder().orElse(Path.of("")).resolve(logfile);
    try {
      Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    } catch (IOException e) {
      throw new StartupException("logfile " + path + " cannot be written: " + e, e);
    }
    var file = new FileAppender<ILoggingEvent>();
    file.setFile(path.toString());
    return file;
  }

  private static void attach(LoggerContext context, OutputStreamAppender<ILoggingEvent> target) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    target.setContext(context);
    target.setEncoder(encoder);
    target.start();
    var queue = new AsyncAppender();
    queue.setContext(context);
    queue.setName("log");
    queue.setQueueSize(QUEUE_LENGTH);
    queue.setNeverBlock(true);
    queue.addAppender(target);
    queue.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(queue);
  }

  /**
   * The libraries say what a node's operator can act on at {@code warning}, and more at verbose.
   */
  private static void setLevel(LoggerContext context, LogLevel level) {
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(ofLibraries(level));
    context.getLogger("io.slotcast").setLevel(ofSlotcast(level));
  }

  private static Level ofLibraries(LogLevel level) {
    return switch (level) {
      case DEBUG -> Level.DEBUG;
      case VERBOSE -> Level.INFO;
      case NOTICE, WARNING -> Level.WARN;
    };
  }

  private static Level ofSlotcast(LogLevel level) {
    return switch (level) {
      case DEBUG, VERBOSE -> Level.DEBUG;
      case NOTICE -> Level.INFO;
      case WARNING -> Level.WARN;
    };
  }
}
