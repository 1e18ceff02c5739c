package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.MOVABLEKEYS;
import static io.slotcast.broker.command.CommandFlag.READONLY;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;

/** What is known of ZUNION and its kin without running them. */
final class CombinationSpecs {
  static final CommandSpec ZUNION =
      CommandSpec.command("zunion", -3)
          .flags(READONLY, MOVABLEKEYS)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.numbered(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "6.2.0", "Returns the members that any of several sorted sets has.")
          .complexity(
              "O(N)+O(M*log(M)) with N being the sum of the sizes of the input sorted sets, and M being the number of elements in the resulting sorted set.")
          .arguments(
              Argument.of("numkeys", Type.INTEGER),
              Argument.key("key", 0).asMultiple(),
              Argument.of("weight", Type.INTEGER).withToken("WEIGHTS").asOptional().asMultiple(),
              Argument.oneOf(
                      "aggregate",
                      Argument.token("sum"),
                      Argument.token("min"),
                      Argument.token("max"))
                  .withToken("AGGREGATE")
                  .asOptional(),
              Argument.token("withscores").asOptional())
          .build();

  static final CommandSpec ZINTER =
      CommandSpec.command("zinter", -3)
          .flags(READONLY, MOVABLEKEYS)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.numbered(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "6.2.0", "Returns the members that all of several sorted sets have.")
          .complexity(
              "O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of input sorted sets and M being the number of elements in the resulting sorted set.")
          .arguments(
              Argument.of("numkeys", Type.INTEGER),
              Argument.key("key", 0).asMultiple(),
              Argument.of("weight", Type.INTEGER).withToken("WEIGHTS").asOptional().asMultiple(),
              Argument.oneOf(
                      "aggregate",
                      Argument.token("sum"),
                      Argument.token("min"),
                      Argument.token("max"))
                  .withToken("AGGREGATE")
                  .asOptional(),
              Argument.token("withscores").asOptional())
          .build();

  static final CommandSpec ZDIFF =
      CommandSpec.command("zdiff", -3)
          .flags(READONLY, MOVABLEKEYS)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.numbered(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc(
              "sorted-set", "6.2.0", "Returns the members of a sorted set that others do not have.")
          .complexity(
              "O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of the first set, and K is the size of the result set.")
          .arguments(
              Argument.of("numkeys", Type.INTEGER),
              Argument.key("key", 0).asMultiple(),
              Argument.token("withscores").asOptional())
          .build();

  static final CommandSpec ZUNIONSTORE =
      CommandSpec.command("zunionstore", -4)
          .flags(WRITE, DENYOOM, MOVABLEKEYS)
          .categories(AclCategory.SORTEDSET)
          .keys(
              KeySpec.one(1, KeySpec.Flag.OW, KeySpec.Flag.UPDATE),
              KeySpec.numbered(2, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "2.0.0", "Stores the members that any of several sorted sets has.")
          .complexity(
              "O(N)+O(M log(M)) with N being the sum of the sizes of the input sorted sets, and M being the number of elements in the resulting sorted set.")
          .arguments(
              Argument.key("destination", 0),
              Argument.of("numkeys", Type.INTEGER),
              Argument.key("key", 1).asMultiple(),
              Argument.of("weight", Type.INTEGER).withToken("WEIGHTS").asOptional().asMultiple(),
              Argument.oneOf(
                      "aggregate",
                      Argument.token("sum"),
                      Argument.token("min"),
                      Argument.token("max"))
                  .withToken("AGGREGATE")
                  .asOptional())
          .build();

  static final CommandSpec ZINTERSTORE =
      CommandSpec.command("zinterstore", -4)
          .flags(WRITE, DENYOOM, MOVABLEKEYS)
          .categories(AclCategory.SORTEDSET)
          .keys(
              KeySpec.one(1, KeySpec.Flag.OW, KeySpec.Flag.UPDATE),
              KeySpec.numbered(2, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "2.0.0", "Stores the members that all of several sorted sets have.")
          .complexity(
              "O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of input sorted sets and M being the number of elements in the resulting sorted set.")
          .arguments(
              Argument.key("destination", 0),
              Argument.of("numkeys", Type.INTEGER),
              Argument.key("key", 1).asMultiple(),
              Argument.of("weight", Type.INTEGER).withToken("WEIGHTS").asOptional().asMultiple(),
              Argument.oneOf(
                      "aggregate",
                      Argument.token("sum"),
                      Argument.token("min"),
                      Argument.token("max"))
                  .withToken("AGGREGATE")
                  .asOptional())
          .build();

  static final CommandSpec ZDIFFSTORE =
      CommandSpec.command("zdiffstore", -4)
          .flags(WRITE, DENYOOM, MOVABLEKEYS)
          .categories(AclCategory.SORTEDSET)
          .keys(
              KeySpec.one(1, KeySpec.Flag.OW, KeySpec.Flag.UPDATE),
              KeySpec.numbered(2, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "6.2.0", "Stores the members of a sorted set that others do not have.")
          .complexity(
              "O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of the first set, and K is the size of the result set.")
          .arguments(
              Argument.key("destination", 0),
              Argument.of("numkeys", Type.INTEGER),
              Argument.key("key", 1).asMultiple())
          .build();

  private CombinationSpecs() {}
}
