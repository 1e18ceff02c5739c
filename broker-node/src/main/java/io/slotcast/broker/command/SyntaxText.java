package io.slotcast.broker.command;

import java.util.stream.Collectors;

/**
 * An argument's syntax as people write it: {@code [COUNT count]}, {@code channel [channel ...]}.
 */
final class SyntaxText {
  private SyntaxText() {}

  static String of(CommandDoc.Argument argument) {
    String value =
        switch (argument.type()) {
          case PURE_TOKEN -> "";
          case ONEOF -> nested(argument, "|");
          case BLOCK -> nested(argument, " ");
          default -> "<" + argument.name() + ">";
        };
    String one = (argument.token() + " " + value).strip();
    String all = argument.multiple() ? one + " [" + one + " ...]" : one;
    return argument.optional() ? "[" + all + "]" : all;
  }

  private static String nested(CommandDoc.Argument argument, String separator) {
    return argument.nested().stream().map(SyntaxText::of).collect(Collectors.joining(separator));
  }
}
