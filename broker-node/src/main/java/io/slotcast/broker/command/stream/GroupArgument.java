package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.StreamValue;
import org.jspecify.annotations.Nullable;

/** Consumer groups as arguments, and what is said where there is none. */
final class GroupArgument {
  private GroupArgument() {}

  /** The group named in argument {@code i}; null if it or the stream is not there. */
  static @Nullable ConsumerGroup find(Call call, @Nullable StreamValue stream, int i) {
    return stream == null ? null : stream.group(call.request().bytes(i));
  }

  /** The group that XGROUP's arguments 2 and 3 name. */
  static ConsumerGroup required(Call call) {
    ConsumerGroup group = find(call, stream(call), 3);
    if (group == null) {
      throw noGroup(call);
    }
    return group;
  }

  /** The stream that XGROUP's argument 2 names. */
  static StreamValue stream(Call call) {
    StreamValue stream = call.findKey(2, StreamValue.class);
    if (stream == null) {
      throw new CommandException(
          "ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want"
              + " to use the MKSTREAM option to create an empty stream automatically.");
    }
    return stream;
  }

  /** As XPENDING, XCLAIM and XAUTOCLAIM say it; the key is argument 1, the group 2. */
  static CommandException noKeyOrGroup(Call call) {
    return new CommandException(noKeyOrGroupText(call, 1, 2));
  }

  /** As {@link #noKeyOrGroup}, as XREADGROUP says it. */
  static CommandException noGroupToRead(Call call, int key, int group) {
    return new CommandException(
        noKeyOrGroupText(call, key, group) + " in XREADGROUP with GROUP option");
  }

  private static String noKeyOrGroupText(Call call, int key, int group) {
    return "NOGROUP No such key '"
        + call.request().text(key)
        + "' or consumer group '"
        + call.request().text(group)
        + "'";
  }

  /** As XGROUP and XINFO say it; the key is argument 2, the group 3. */
  static CommandException noGroup(Call call) {
    return new CommandException(
        "NOGROUP No such consumer group '"
            + call.request().text(3)
            + "' for key name '"
            + call.request().text(2)
            + "'");
  }
}
