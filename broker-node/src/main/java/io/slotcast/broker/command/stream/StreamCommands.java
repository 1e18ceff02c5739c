package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Command;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import java.util.List;

/** The stream family. */
public final class StreamCommands {
  private StreamCommands() {}

  /**
   * @param limits how large a block of entries may grow
   */
  public static List<Command> all(NodeLimits limits) {
    return List.of(
        new Acknowledge(),
        new Add(limits),
        new AutoClaim(limits),
        new Claim(limits),
        new ConfigureStream(),
        new Delete(),
        DeleteReferenced.xackdel(),
        DeleteReferenced.xdelex(),
        GroupCommands.command(),
        InspectionCommands.command(),
        new Length(),
        new NegativeAcknowledge(),
        new Pending(),
        Range.forwards(),
        new Read(),
        new ReadGroup(limits),
        new RecordProducer(),
        Range.backwards(),
        new SetId(),
        new TrimStream(limits));
  }
}
