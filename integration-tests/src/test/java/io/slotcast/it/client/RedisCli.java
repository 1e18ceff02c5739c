package io.slotcast.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code redis-cli} of this machine. */
public final class RedisCli {
  public static final String MISSING = "redis-cli is not on the path: package redis-tools has it";

  private RedisCli() {}

  public static boolean isThere() throws InterruptedException {
    try {
      return new ProcessBuilder("redis-cli", "--version").start().waitFor() == 0;
    } catch (IOException notFound) {
      return false;
    }
  }

  /** What it prints, on standard output and standard error. */
  public static String run(String... arguments) throws IOException, InterruptedException {
    return runAndSay("", arguments);
  }

  /** As {@link #run}, with an answer to what it asks. */
  public static String runAndSay(String answer, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("redis-cli"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (OutputStream input = process.getOutputStream()) {
      input.write(answer.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
