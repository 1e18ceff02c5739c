package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.READONLY;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.bytes.DoubleNumber;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.list.ListCursor;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.set.SetValue;
import io.slotcast.broker.keyspace.sortedset.ScoredMember;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SORT key [BY constant] [LIMIT offset count] [ASC | DESC] [ALPHA] [STORE destination], and SORT_RO
 * without STORE: the elements of a list, a set or a sorted set in the order of the numbers that
 * they are, or of their bytes. As in Redis' cluster mode, patterns of other keys are refused.
 */
final class Sort implements Command {
  private static final Comparator<byte[]> BY_BYTES = Arrays::compareUnsigned;

  private final CommandSpec spec;
  private final boolean readOnly;

  private Sort(CommandSpec spec, boolean readOnly) {
    this.spec = spec;
    this.readOnly = readOnly;
  }

  static Sort sort() {
    return new Sort(
        spec("sort", "1.0.0")
            .flags(WRITE, DENYOOM)
            .keys(KeySpec.searched(SortOptions::storedKey, KeySpec.Flag.OW, KeySpec.Flag.UPDATE))
            .arguments(Argument.key("destination", 2).withToken("STORE").asOptional())
            .build(),
        false);
  }

  static Sort sortReadOnly() {
    return new Sort(spec("sort_ro", "7.0.0").flags(READONLY).build(), true);
  }

  private static CommandSpec.Builder spec(String name, String since) {
    return CommandSpec.command(name, -2)
        .categories(AclCategory.SET, AclCategory.SORTEDSET, AclCategory.LIST, AclCategory.DANGEROUS)
        .keys(
            KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS),
            // Of BY and GET, which are refused.
            KeySpec.searched(request -> new int[0], KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
        .doc("generic", since, "Sorts the elements of a list, a set or a sorted set.")
        .complexity(
            "O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the number of returned elements. When the elements are not sorted, complexity is O(N).")
        .arguments(
            Argument.key("key", 0),
            new Argument("pattern", Type.PATTERN, "BY", 1, true, false, false, List.of()),
            Argument.block(
                    "offset_count",
                    Argument.of("offset", Type.INTEGER),
                    Argument.of("count", Type.INTEGER))
                .withToken("LIMIT")
                .asOptional(),
            new Argument("pattern", Type.PATTERN, "GET", 1, true, true, true, List.of()),
            Argument.oneOf("order", Argument.token("asc"), Argument.token("desc")).asOptional(),
            Argument.of("sorting", Type.PURE_TOKEN).withToken("ALPHA").asOptional());
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    SortOptions options = SortOptions.of(call, readOnly);
    Value value = call.readKey(1);
    List<byte[]> elements = elements(value);
    if (options.ordered()) {
      elements = sorted(elements, options);
    } else if (value instanceof SetValue && options.storeArgument() > 0) {
      // What is stored must not depend on how a hash table happens to be filled.
      elements.sort(order(BY_BYTES, options));
    } else if (options.descending() && !(value instanceof SetValue)) {
      Collections.reverse(elements);
    }
    int from = options.from(elements.size());
    List<byte[]> wanted = elements.subList(from, Math.max(options.to(elements.size()), from));
    if (options.storeArgument() > 0) {
      store(call, options.storeArgument(), wanted);
    } else {
      call.reply().array(wanted.size());
      wanted.forEach(call.reply()::bulk);
    }
  }

  private static List<byte[]> elements(@Nullable Value value) {
    List<byte[]> elements = new ArrayList<>();
    switch (value) {
      case null -> {}
      case ListValue list -> {
        for (ListCursor at = list.cursor(ListValue.End.LEFT); at.isValid(); at.next()) {
          elements.add(at.copy());
        }
      }
      case SetValue set -> set.forEach(elements::add);
      case SortedSetValue set -> {
        for (ScoredMember entry : set.entries(set.all(), false)) {
          elements.add(entry.member());
        }
      }
      default -> throw CommandException.wrongType();
    }
    return elements;
  }

  private static <T> Comparator<T> order(Comparator<T> ascending, SortOptions options) {
    return options.descending() ? ascending.reversed() : ascending;
  }

  private static List<byte[]> sorted(List<byte[]> elements, SortOptions options) {
    if (options.alpha()) {
      elements.sort(order(BY_BYTES, options));
      return elements;
    }
    List<ScoredMember> numbers = new ArrayList<>(elements.size());
    for (byte[] element : elements) {
      numbers.add(new ScoredMember(element, number(element)));
    }
    numbers.sort(order(ScoredMember.ORDER, options));
    elements.clear();
    numbers.forEach(number -> elements.add(number.member()));
    return elements;
  }

  /** The number that an element is, as C's strtod reads it; nothing is zero. */
  private static double number(byte[] element) {
    int from = 0;
    int to = 0;
    while (to < element.length && element[to] != 0) {
      to++;
    }
    while (from < to
        && (element[from] == ' ' || (element[from] >= '\t' && element[from] <= '\r'))) {
      from++;
    }
    double number = to == 0 ? 0 : DoubleNumber.parse(element, from, to - from);
    if (Double.isNaN(number)) {
      throw new CommandException("ERR One or more scores can't be converted into double");
    }
    return number;
  }

  private static void store(Call call, int keyArgument, List<byte[]> elements) {
    ListValue list = new ListValue();
    for (byte[] element : elements) {
      list.push(ListValue.End.RIGHT, element, 0, element.length);
    }
    call.storeResult(keyArgument, list.isEmpty() ? null : list, KeyEvent.SORTSTORE);
    call.reply().integer(elements.size());
  }
}
