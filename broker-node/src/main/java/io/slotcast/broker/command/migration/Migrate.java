package io.slotcast.broker.command.migration;

import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.command.LaterReply;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotKeys;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import io.slotcast.broker.keyspace.rdb.RdbException;
import io.slotcast.broker.migration.KeyTransfer;
import io.slotcast.broker.migration.TargetConnections;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.resp.Request;
import io.slotcast.router.Access;
import io.slotcast.router.Route;
import io.slotcast.router.SlotRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * MIGRATE host port key|"" database timeout [COPY] [REPLACE] [AUTH password] [AUTH2 user password]
 * [KEYS key…]: moves keys to another server, of this cluster or not. The caller waits, and so does
 * whoever asks for keys of the slot meanwhile (Redis makes everybody wait): what the target stores
 * is what was here when the keys left.
 */
final class Migrate implements Command {
  private static final byte[] RESTORE_ASKING = Words.of("RESTORE-ASKING");

  private static final CommandSpec SPEC =
      CommandSpec.command("migrate", -6)
          .flags(WRITE)
          .categories(AclCategory.KEYSPACE, AclCategory.DANGEROUS)
          .tips("nondeterministic_output")
          .keys(
              KeySpec.one(3, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE),
              new KeySpec(
                  List.of(
                      KeySpec.Flag.RW,
                      KeySpec.Flag.ACCESS,
                      KeySpec.Flag.DELETE,
                      KeySpec.Flag.INCOMPLETE),
                  new KeySpec.Begin.Keyword("KEYS", -2),
                  new KeySpec.Find.Range(-1, 1, 0)))
          .keysFoundBy(MigrateOptions::keys)
          .doc("generic", "2.6.0", "Moves keys to another server.")
          .complexity(
              "This command actually executes a DUMP+DEL in the source instance, and a RESTORE in the target instance. See the pages of these commands for time complexity. Also an O(N) data transfer between the two instances is performed.")
          .arguments(
              Argument.of("host", Type.STRING),
              Argument.of("port", Type.INTEGER),
              Argument.oneOf(
                  "key_or_empty_string",
                  Argument.key("key", 0),
                  Argument.of("empty_string", Type.PURE_TOKEN).withToken("")),
              Argument.of("destination-db", Type.INTEGER),
              Argument.of("timeout", Type.INTEGER),
              Argument.token("copy").asOptional(),
              Argument.token("replace").asOptional(),
              Argument.oneOf(
                      "authentication",
                      Argument.of("password", Type.STRING).withToken("AUTH"),
                      Argument.block(
                              "username_password",
                              Argument.of("username", Type.STRING),
                              Argument.of("password", Type.STRING))
                          .withToken("AUTH2"))
                  .asOptional(),
              Argument.key("key", 1).withToken("KEYS").asOptional().asMultiple())
          .build();

  private final ClusterView cluster;
  private final DumpPayload payload;
  private final Function<IoLoop, TargetConnections> connections;

  Migrate(
      ClusterView cluster, DumpPayload payload, Function<IoLoop, TargetConnections> connections) {
    this.cluster = cluster;
    this.payload = payload;
    this.connections = connections;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public boolean isSecret(Request request, int i) {
    return i > 2
        && (request.is(i - 1, "AUTH") || request.is(i - 1, "AUTH2") || request.is(i - 2, "AUTH2"));
  }

  @Override
  public void run(Call call) {
    MigrateOptions options = MigrateOptions.of(call);
    boolean isOurs = isOurs(options.target());
    List<byte[]> keys = new ArrayList<>();
    List<byte[][]> restores = new ArrayList<>();
    for (int place : options.keys()) {
      Value value = call.readKey(place);
      if (value != null) {
        byte[] key = call.request().bytes(place);
        keys.add(key);
        restores.add(restore(key, value, isOurs, options.replace(), call.nowMillis()));
      }
    }
    call.noEffect();
    if (keys.isEmpty()) {
      call.reply().simple("NOKEY");
      return;
    }
    Slot slot = call.slot();
    LaterReply reply = call.replyLater();
    slot.hold();
    connections
        .apply(call.loop())
        .run(
            new KeyTransfer(
                options.target(),
                options.credentials(),
                restores,
                outcome -> end(reply, slot, keys, options.keep(), outcome)));
  }

  /** Whether a server is a node of this cluster, which understands all that this one knows. */
  private boolean isOurs(KeyTransfer.Target target) {
    return cluster.topology().nodes().stream()
        .anyMatch(node -> node.port() == target.port() && node.host().equals(target.host()));
  }

  private byte[][] restore(byte[] key, Value value, boolean whole, boolean replace, long now) {
    List<byte[]> words = new ArrayList<>();
    words.add(RESTORE_ASKING);
    words.add(key);
    words.add(Words.of(value.expires() ? Math.max(1, value.expiresAtMillis() - now) : 0));
    try {
      words.add(whole ? payload.whole(value) : payload.of(value));
    } catch (RdbException tooLarge) {
      throw new CommandException("ERR value is too large to be dumped");
    }
    if (replace) {
      words.add(Words.REPLACE);
    }
    return words.toArray(byte[][]::new);
  }

  private void end(
      LaterReply reply, Slot slot, List<byte[]> keys, boolean keep, KeyTransfer.Outcome outcome) {
    reply.change(
        slot,
        () -> {
          if (!keep && mayRemove(slot.number())) {
            remove(slot, outcome.stored().stream().mapToObj(keys::get).toList());
          }
          slot.letGo();
        });
    if (outcome.error() == null) {
      reply.ok();
    } else {
      reply.error(outcome.error());
    }
  }

  /**
   * A node that was replaced as the slot's owner meanwhile leaves its keys as its successor does.
   */
  private boolean mayRemove(int slot) {
    SlotRouter router = cluster.router();
    return router.route(slot, Access.WRITE) instanceof Route.Local || router.isImporting(slot);
  }

  private static void remove(Slot slot, List<byte[]> stored) {
    SlotKeys slotKeys = slot.keys();
    List<byte[]> effect = new ArrayList<>();
    effect.add(Words.DEL);
    for (byte[] key : stored) {
      // Expired or not: it is no longer here, and the target knows its expiry.
      if (slotKeys.remove(key, 0, key.length, Long.MIN_VALUE)) {
        slotKeys.changed(key, 0, key.length);
        slotKeys.happened(KeyEvent.DEL, key, 0, key.length);
        effect.add(key);
      }
    }
    if (effect.size() > 1 && slot.effects().isWanted()) {
      slot.effects().append(effect.toArray(byte[][]::new));
    }
  }
}
