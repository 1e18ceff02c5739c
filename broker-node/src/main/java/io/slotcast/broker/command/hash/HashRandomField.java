package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.command.RandomChoice;
import io.slotcast.broker.command.RandomCount;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * HRANDFIELD key [count [WITHVALUES]]: one field or null; several distinct ones; or, if the count
 * is negative, so many with repetition.
 */
final class HashRandomField implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("hrandfield", -2)
          .flags(CommandFlag.READONLY)
          .categories(AclCategory.HASH)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("hash", "6.2.0", "Returns random fields of a hash.")
          .complexity("O(N) where N is the number of fields returned")
          .arguments(
              Argument.key("key", 0),
              Argument.block(
                      "options",
                      Argument.of("count", Type.INTEGER),
                      Argument.token("withvalues").asOptional())
                  .asOptional())
          .build();

  private final Supplier<RandomGenerator> random;

  HashRandomField(Supplier<RandomGenerator> random) {
    this.random = random;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() == 2) {
      HashValue hash = call.readKey(1, HashValue.class);
      if (hash == null) {
        call.reply().nil();
      } else {
        call.reply().bulk(hash.random(random.get()));
      }
      return;
    }
    RandomCount asked = RandomCount.parse(call, "WITHVALUES");
    replySeveral(call, asked.count(), asked.paired());
  }

  private void replySeveral(Call call, long count, boolean withValues) {
    RespWriter reply = call.reply();
    HashValue hash = call.readKey(1, HashValue.class);
    if (hash == null || count == 0) {
      reply.array(0);
      return;
    }
    List<byte[]> distinct =
        count < 0 ? List.of() : RandomChoice.distinct(hash.fields(), count, random.get());
    long size = count < 0 ? -count : distinct.size();
    reply.array(withValues && !reply.isResp3() ? size * 2 : size);
    for (long i = 0; i < size; i++) {
      byte[] field = count < 0 ? hash.random(random.get()) : distinct.get((int) i);
      if (withValues && reply.isResp3()) {
        reply.array(2);
      }
      reply.bulk(field);
      byte[] value = withValues ? hash.get(field) : null;
      if (value != null) {
        reply.bulk(value);
      }
    }
  }
}
