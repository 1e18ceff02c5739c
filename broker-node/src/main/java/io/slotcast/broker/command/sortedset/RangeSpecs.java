package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;

/** What is known of ZRANGE and its kin without running them. */
final class RangeSpecs {
  static final CommandSpec ZRANGE =
      CommandSpec.command("zrange", -4)
          .flags(READONLY)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc(
              "sorted-set",
              "1.2.0",
              "Returns members of a sorted set by their places, scores or bytes.")
          .complexity(
              "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("start", Type.STRING),
              Argument.of("stop", Type.STRING),
              Argument.oneOf("sortby", Argument.token("byscore"), Argument.token("bylex"))
                  .asOptional(),
              Argument.token("rev").asOptional(),
              Argument.block(
                      "offset_count",
                      Argument.of("offset", Type.INTEGER),
                      Argument.of("count", Type.INTEGER))
                  .withToken("LIMIT")
                  .asOptional(),
              Argument.token("withscores").asOptional())
          .build();

  static final CommandSpec ZREVRANGE =
      CommandSpec.command("zrevrange", -4)
          .flags(READONLY)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc(
              "sorted-set",
              "1.2.0",
              "Returns members by their places, from the highest score down.")
          .complexity(
              "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("start", Type.INTEGER),
              Argument.of("stop", Type.INTEGER),
              Argument.token("withscores").asOptional())
          .build();

  static final CommandSpec ZRANGEBYSCORE =
      CommandSpec.command("zrangebyscore", -4)
          .flags(READONLY)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "1.0.5", "Returns members by their scores.")
          .complexity(
              "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).")
          .arguments(
              Argument.key("key", 0),
              Argument.of("min", Type.DOUBLE),
              Argument.of("max", Type.DOUBLE),
              Argument.token("withscores").asOptional(),
              Argument.block(
                      "offset_count",
                      Argument.of("offset", Type.INTEGER),
                      Argument.of("count", Type.INTEGER))
                  .withToken("LIMIT")
                  .asOptional())
          .build();

  static final CommandSpec ZREVRANGEBYSCORE =
      CommandSpec.command("zrevrangebyscore", -4)
          .flags(READONLY)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "2.2.0", "Returns members by their scores, from the highest down.")
          .complexity(
              "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).")
          .arguments(
              Argument.key("key", 0),
              Argument.of("max", Type.DOUBLE),
              Argument.of("min", Type.DOUBLE),
              Argument.token("withscores").asOptional(),
              Argument.block(
                      "offset_count",
                      Argument.of("offset", Type.INTEGER),
                      Argument.of("count", Type.INTEGER))
                  .withToken("LIMIT")
                  .asOptional())
          .build();

  static final CommandSpec ZRANGEBYLEX =
      CommandSpec.command("zrangebylex", -4)
          .flags(READONLY)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "2.8.9", "Returns members of one score by their bytes.")
          .complexity(
              "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).")
          .arguments(
              Argument.key("key", 0),
              Argument.of("min", Type.STRING),
              Argument.of("max", Type.STRING),
              Argument.block(
                      "offset_count",
                      Argument.of("offset", Type.INTEGER),
                      Argument.of("count", Type.INTEGER))
                  .withToken("LIMIT")
                  .asOptional())
          .build();

  static final CommandSpec ZREVRANGEBYLEX =
      CommandSpec.command("zrevrangebylex", -4)
          .flags(READONLY)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc(
              "sorted-set",
              "2.8.9",
              "Returns members of one score by their bytes, from the last down.")
          .complexity(
              "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).")
          .arguments(
              Argument.key("key", 0),
              Argument.of("max", Type.STRING),
              Argument.of("min", Type.STRING),
              Argument.block(
                      "offset_count",
                      Argument.of("offset", Type.INTEGER),
                      Argument.of("count", Type.INTEGER))
                  .withToken("LIMIT")
                  .asOptional())
          .build();

  private RangeSpecs() {}
}
