package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.References;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.keyspace.stream.Trim;
import java.util.ArrayList;
import java.util.List;

/**
 * XTRIM key MAXLEN | MINID [= | ~] threshold [LIMIT count] [KEEPREF | DELREF | ACKED]: removes the
 * oldest entries; replies how many.
 */
final class TrimStream implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xtrim", -4)
          .flags(WRITE)
          .categories(AclCategory.STREAM)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
          .doc("stream", "5.0.0", "Removes the oldest entries of a stream.")
          .complexity("O(N) where N is the number of entries that are removed.")
          .arguments(Argument.key("key", 0), TrimOptions.doc(), ReferencesArgument.doc())
          .build();

  private static final byte[] XTRIM = Words.of("XTRIM");
  private static final byte[] MAXLEN = Words.of("MAXLEN");
  private static final byte[] EXACT = Words.of("=");

  private final NodeLimits limits;

  TrimStream(NodeLimits limits) {
    this.limits = limits;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    TrimOptions options = new TrimOptions(call);
    for (int i = 2; i < call.request().count(); i++) {
      i = options.take(i);
      if (i < 0) {
        throw CommandException.syntax();
      }
    }
    Trim trim = options.required(limits);
    StreamValue stream = call.findKey(1, StreamValue.class);
    long removed = stream == null ? 0 : stream.trim(trim);
    if (stream != null && removed > 0) {
      call.changed(1, KeyEvent.XTRIM);
      if (trim.approximate() && call.slot().effects().isWanted()) {
        recordExactly(call, stream, trim);
      }
    }
    call.reply().integer(removed);
  }

  /**
   * The options of a trim that leaves what is there now, by whatever blocks it came about: a trim
   * removes what may go in its order, so how much is left says what is left.
   */
  static List<byte[]> exactly(StreamValue stream, Trim trim) {
    List<byte[]> options = new ArrayList<>(4);
    if (trim.references() != References.KEEPREF) {
      options.add(Words.of(trim.references().name()));
    }
    options.addAll(List.of(MAXLEN, EXACT, Words.of(stream.length())));
    return options;
  }

  /** Records a trim of the stream in argument 1 on its own. */
  static void recordExactly(Call call, StreamValue stream, Trim trim) {
    List<byte[]> words = new ArrayList<>(List.of(XTRIM, call.request().bytes(1)));
    words.addAll(exactly(stream, trim));
    call.effect(words.toArray(byte[][]::new));
  }
}
