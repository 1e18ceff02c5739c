package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the event loop allocates for a command, by the count that the Java machine keeps of each
 * thread. Reading and writing sockets allocates a little each time, so commands come in pipelines;
 * no optimization by the compiler is needed to keep the bounds.
 */
class AllocationTest {
  private static final int COMMANDS = 20_000;
  private static final int PIPELINE = 100;

  /** What is left for sockets and for what runs on the loop beside the commands. */
  private static final long SPARE = 8;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ResourceLeakDetector.Level leakDetection = ResourceLeakDetector.getLevel();
  private SingleNode node;
  private RespConnection connection;

  @BeforeEach
  void start() {
    // It records a stack trace for each buffer.
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    node = SingleNode.start();
    connection = node.connect();
  }

  @AfterEach
  void stop() {
    node.close();
    ResourceLeakDetector.setLevel(leakDetection);
  }

  @Test
  void getAllocatesNothing() {
    connection.call("SET", "key", "v".repeat(100));
    assertThat(bytesPerCommand("*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n")).isLessThan(SPARE);
    assertThat(bytesPerCommand("*2\r\n$3\r\nGET\r\n$4\r\nnone\r\n")).isLessThan(SPARE);
  }

  @Test
  void setAllocatesNothingForAStringOfTheLengthBefore() {
    String set = "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$100\r\n" + "v".repeat(100) + "\r\n";
    assertThat(bytesPerCommand(set)).isLessThan(SPARE);
  }

  @Test
  void setAllocatesNoMoreThanTheStringWhereItsLengthIsAnother() {
    String sets =
        "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$104\r\n"
            + "v".repeat(104)
            + "\r\n*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$96\r\n"
            + "w".repeat(96)
            + "\r\n";
    // Arrays of 104 and 96 bytes, with their headers, for two commands.
    assertThat(bytesPerCommand(sets)).isLessThan(2 * (100 + 24) + SPARE);
  }

  @Test
  void existsTtlAndIncrAllocateNoMoreThanTheyStore() {
    connection.call("SET", "key", "1000000");
    assertThat(bytesPerCommand("*2\r\n$3\r\nTTL\r\n$3\r\nkey\r\n")).isLessThan(SPARE);
    assertThat(bytesPerCommand("*2\r\n$4\r\nTYPE\r\n$3\r\nkey\r\n")).isLessThan(SPARE);
    assertThat(bytesPerCommand("*2\r\n$4\r\nINCR\r\n$3\r\nkey\r\n")).isLessThan(24 + SPARE);
  }

  /** The loop's allocation for each repetition of {@code commands}, after some to warm up. */
  private long bytesPerCommand(String commands) {
    run(commands);
    long before = allocated();
    run(commands);
    return (allocated() - before) / COMMANDS;
  }

  private void run(String commands) {
    int replies = PIPELINE * (int) commands.chars().filter(c -> c == '*').count();
    String pipeline = commands.repeat(PIPELINE);
    for (int done = 0; done < COMMANDS; done += PIPELINE) {
      connection.sendRaw(pipeline);
      for (int i = 0; i < replies; i++) {
        connection.read();
      }
    }
  }

  private long allocated() {
    String loop = "io-" + node.port();
    return Arrays.stream(threads.getAllThreadIds())
        .filter(
            id -> {
              ThreadInfo thread = threads.getThreadInfo(id);
              return thread != null && thread.getThreadName().startsWith(loop);
            })
        .map(threads::getThreadAllocatedBytes)
        .sum();
  }
}
