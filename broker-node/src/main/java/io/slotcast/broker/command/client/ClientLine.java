package io.slotcast.broker.command.client;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.ClientAddress;
import io.slotcast.broker.command.RegisteredCommand;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.pubsub.SubscriptionKind;
import io.slotcast.broker.pubsub.Subscriptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One client's line of CLIENT LIST, with the fields of Redis 7.4 in its order. Sizes are of what is
 * held for the client here: unparsed input, and output that waits to be sent.
 */
final class ClientLine {
  private ClientLine() {}

  static String of(Client client, long nowMillis) {
    Connection connection = client.connection();
    Subscriptions subscriptions = client.subscriptions();
    RegisteredCommand command = client.lastCommand();
    long gathered = connection.gatheredOutput();
    long queued = connection.pendingOutput() - gathered;
    int input = connection.pendingInput();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", client.id());
    fields.put("addr", ClientAddress.remote(client));
    fields.put("laddr", ClientAddress.local(client));
    fields.put("fd", fileDescriptor(connection.channel()));
    fields.put("name", client.name());
    fields.put("age", seconds(nowMillis - client.createdMillis()));
    fields.put("idle", seconds(nowMillis - client.lastInteractionMillis()));
    fields.put("flags", flags(client));
    fields.put("db", 0);
    fields.put("sub", subscriptions.count(SubscriptionKind.CHANNEL));
    fields.put("psub", subscriptions.count(SubscriptionKind.PATTERN));
    fields.put("ssub", subscriptions.countShown(SubscriptionKind.SHARD_CHANNEL));
    fields.put("multi", client.transaction().size());
    fields.put("watch", client.transaction().watchCount());
    fields.put("qbuf", input);
    fields.put("qbuf-free", connection.inputCapacity() - input);
    fields.put("argv-mem", 0);
    fields.put("multi-mem", client.transaction().queuedBytes());
    fields.put("rbs", connection.outputCapacity());
    fields.put("rbp", gathered);
    fields.put("obl", gathered);
    fields.put("oll", connection.queuedWrites());
    fields.put("omem", queued);
    fields.put("tot-mem", connection.inputCapacity() + connection.outputCapacity() + queued);
    fields.put("events", queued > 0 ? "rw" : "r");
    fields.put("cmd", command == null ? "NULL" : command.fullName());
    fields.put("user", client.user());
    fields.put("redir", -1);
    fields.put("resp", connection.isResp3() ? 3 : 2);
    fields.put("lib-name", client.libraryName());
    fields.put("lib-ver", client.libraryVersion());
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining(" ", "", "\n"));
  }

  private static long seconds(long millis) {
    return Math.max(millis, 0) / 1000;
  }

  /** The descriptor of a native socket; -1 for one of the JDK, which hides it. */
  private static int fileDescriptor(Channel channel) {
    return channel instanceof UnixChannel unix ? unix.fd().intValue() : -1;
  }

  private static String flags(Client client) {
    StringBuilder flags = new StringBuilder();
    if (client.isMonitor()) {
      flags.append('O');
    }
    if (client.subscriptions().total() > 0) {
      flags.append('P');
    }
    if (client.transaction().isOpen()) {
      flags.append('x');
    }
    if (client.isPostponed() || client.blocked() != null) {
      flags.append('b');
    }
    if (client.transaction().isOutdated()) {
      flags.append('d');
    }
    if (client.isReadOnly()) {
      flags.append('r');
    }
    if (client.isNoEvict()) {
      flags.append('e');
    }
    if (client.isNoTouch()) {
      flags.append('T');
    }
    return flags.isEmpty() ? "N" : flags.toString();
  }
}
