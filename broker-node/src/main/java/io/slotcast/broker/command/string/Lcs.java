package io.slotcast.broker.command.string;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.string.StringValue;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * LCS key1 key2 [LEN] [IDX] [MINMATCHLEN length] [WITHMATCHLEN]: the longest common subsequence of
 * two strings, or its length, or where its pieces stand in both. A key that is not there is empty.
 */
final class Lcs implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("lcs", -3)
          .flags(READONLY)
          .categories(AclCategory.STRING)
          .keys(KeySpec.range(1, 1, 1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("string", "7.0.0", "Finds the longest common subsequence of two strings.")
          .complexity("O(N*M) where N and M are the lengths of s1 and s2, respectively")
          .arguments(
              Argument.key("key1", 0),
              Argument.key("key2", 0),
              Argument.token("len").asOptional(),
              Argument.token("idx").asOptional(),
              Argument.of("len", Type.INTEGER).withToken("MINMATCHLEN").asOptional(),
              Argument.token("withmatchlen").asOptional())
          .build();

  /** The most pairs of bytes that the table has room for. */
  private static final long MOST_PAIRS = 1L << 36;

  private final LongSupplier maxLength;

  /**
   * @param maxLength {@code proto-max-bulk-len}, which bounds the table as Redis has it
   */
  Lcs(LongSupplier maxLength) {
    this.maxLength = maxLength;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  private record Options(boolean length, boolean places, long shortest, boolean withLengths) {}

  @Override
  public void run(Call call) {
    byte[] a = string(call.readKey(1));
    byte[] b = string(call.readKey(2));
    Options options = options(call);
    checkSize(a.length, b.length);
    LongestCommonSubsequence found = new LongestCommonSubsequence(a, b);
    if (options.places()) {
      replyPlaces(found, options, call.reply());
    } else if (options.length()) {
      call.reply().integer(found.length());
    } else {
      call.reply().bulk(found.bytes());
    }
  }

  private static byte[] string(@Nullable Value value) {
    if (value == null) {
      return new byte[0];
    }
    if (value instanceof StringValue string) {
      return string.bytes();
    }
    throw new CommandException("ERR The specified keys must contain string values");
  }

  private static Options options(Call call) {
    Request request = call.request();
    boolean length = false;
    boolean places = false;
    boolean withLengths = false;
    long shortest = 0;
    for (int i = 3; i < request.count(); i++) {
      if (request.is(i, "IDX")) {
        places = true;
      } else if (request.is(i, "LEN")) {
        length = true;
      } else if (request.is(i, "WITHMATCHLEN")) {
        withLengths = true;
      } else if (request.is(i, "MINMATCHLEN") && i + 1 < request.count()) {
        shortest = call.longArgument(++i);
      } else {
        throw CommandException.syntax();
      }
    }
    if (length && places) {
      throw new CommandException(
          "ERR If you want both the length and indexes, please just use IDX.");
    }
    return new Options(length, places, shortest, withLengths);
  }

  private void checkSize(long aLength, long bLength) {
    long cells = (aLength + 1) * (bLength + 1);
    if (cells > maxLength.getAsLong() / Integer.BYTES) {
      throw new CommandException(
          "ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");
    }
    if (cells > MOST_PAIRS) {
      throw new CommandException(
          "ERR Insufficient memory, failed allocating transient memory for LCS");
    }
  }

  private static void replyPlaces(
      LongestCommonSubsequence found, Options options, RespWriter reply) {
    List<LongestCommonSubsequence.Match> matches = found.matches(options.shortest());
    reply.map(2);
    reply.bulk("matches");
    reply.array(matches.size());
    for (LongestCommonSubsequence.Match match : matches) {
      reply.array(options.withLengths() ? 3 : 2);
      replyRange(match.a(), match.length(), reply);
      replyRange(match.b(), match.length(), reply);
      if (options.withLengths()) {
        reply.integer(match.length());
      }
    }
    reply.bulk("len");
    reply.integer(found.length());
  }

  private static void replyRange(int from, int length, RespWriter reply) {
    reply.array(2);
    reply.integer(from);
    reply.integer(from + length - 1L);
  }
}
