package io.slotcast.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One node as a process of its own. Its output goes to a file in its folder. Not safe for use by
 * several threads at a time.
 */
public final class ServerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final Path log;
  private final List<String> command;
  private Process process;

  private ServerProcess(Path log, List<String> command, Process process) {
    this.log = log;
    this.command = command;
    this.process = process;
  }

  /**
   * Starts a node; it may not listen yet when this returns.
   *
   * @param log the file that gets what the node prints
   */
  static ServerProcess start(Path log, List<String> command) {
    return new ServerProcess(log, List.copyOf(command), launch(log, command));
  }

  private static Process launch(Path log, List<String> command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new IllegalStateException("cannot start " + command.getFirst(), e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** Everything that the node has printed. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "(no output: " + e.getMessage() + ")";
    }
  }

  /** SIGKILL: the node has no chance to say good-bye. Returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGSTOP: the node stands still, and its connections stay open, until {@link #resume()}. */
  public void suspend() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("node " + pid() + " could not get SIG" + name);
      }
    } catch (IOException e) {
      throw new IllegalStateException("signals are sent by kill, which cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a signal was sent", e);
    }
  }

  /** SIGTERM: the node leaves its cluster. Returns its exit code. */
  public int terminate() {
    process.destroy();
    awaitEnd();
    return process.exitValue();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the node did not end:\n" + output());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a node ended", e);
    }
  }

  /** Starts the node again with the same arguments; it must have ended. */
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException("the node still runs");
    }
    process = launch(log, command);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
