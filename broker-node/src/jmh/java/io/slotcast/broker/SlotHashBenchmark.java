package io.slotcast.broker;

import io.slotcast.router.SlotHash;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The hash slot of a key, with and without a hash tag. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SlotHashBenchmark {
  private final byte[] plain = "orders:000000012345".getBytes(StandardCharsets.US_ASCII);
  private final byte[] tagged = "{user1000}.following".getBytes(StandardCharsets.US_ASCII);

  @Benchmark
  public int plainKey() {
    return SlotHash.slotOf(plain);
  }

  @Benchmark
  public int taggedKey() {
    return SlotHash.slotOf(tagged);
  }
}
