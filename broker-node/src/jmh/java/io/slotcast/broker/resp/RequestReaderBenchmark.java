package io.slotcast.broker.resp;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Parsing a pipeline of 16 requests that arrived in one read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestReaderBenchmark {
  private static final int PIPELINE = 16;

  private final RequestReader reader = new RequestReader();
  private final RequestLimits limits = new RequestLimits(512L << 20, Integer.MAX_VALUE);
  private final byte[] publishes = pipeline("*3\r\n$7\r\nPUBLISH\r\n$8\r\nch000001\r\n$64\r\n%s\r\n");
  private final byte[] gets = pipeline("*2\r\n$3\r\nGET\r\n$14\r\nk:{tag}:012345\r\n");

  private static byte[] pipeline(String request) {
    return request
        .formatted("x".repeat(64))
        .repeat(PIPELINE)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Benchmark
  @OperationsPerInvocation(PIPELINE)
  public int publish() throws ProtocolException {
    return parse(publishes);
  }

  @Benchmark
  @OperationsPerInvocation(PIPELINE)
  public int get() throws ProtocolException {
    return parse(gets);
  }

  private int parse(byte[] bytes) throws ProtocolException {
    int at = 0;
    int arguments = 0;
    int next;
    while ((next = reader.read(bytes, at, bytes.length, limits)) >= 0) {
      at = next;
      arguments += reader.request().count();
    }
    return arguments;
  }
}
