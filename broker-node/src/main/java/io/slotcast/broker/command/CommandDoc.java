package io.slotcast.broker.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What COMMAND DOCS prints of a command.
 *
 * @param summary one sentence, our own
 * @param since the version of Redis that brought the command, or of Slotcast for its own
 * @param group Redis' group: generic, string, pubsub, connection, server, cluster …
 * @param complexity in O notation
 * @param arguments the syntax
 */
public record CommandDoc(
    String summary, String since, String group, String complexity, List<Argument> arguments) {

  /** The kinds of argument, named as COMMAND DOCS names them. */
  public enum Type {
    STRING,
    INTEGER,
    DOUBLE,
    KEY,
    PATTERN,
    UNIX_TIME,
    PURE_TOKEN,
    ONEOF,
    BLOCK;

    public String redisName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One argument of the syntax.
   *
   * @param token the literal word before it or for it; empty for none
   * @param keySpec which of the command's key specs a key belongs to; -1 for none
   * @param nested the alternatives of a ONEOF, the parts of a BLOCK
   */
  public record Argument(
      String name,
      Type type,
      String token,
      int keySpec,
      boolean optional,
      boolean multiple,
      boolean multipleToken,
      List<Argument> nested) {

    public static Argument of(String name, Type type) {
      return new Argument(name, type, "", -1, false, false, false, List.of());
    }

    /** The i-th key spec's key. */
    public static Argument key(String name, int keySpec) {
      return new Argument(name, Type.KEY, "", keySpec, false, false, false, List.of());
    }

    /** A literal word. */
    public static Argument token(String name) {
      String word = name.toUpperCase(Locale.ROOT);
      return new Argument(
          name.toLowerCase(Locale.ROOT), Type.PURE_TOKEN, word, -1, false, false, false, List.of());
    }

    public static Argument oneOf(String name, Argument... alternatives) {
      return new Argument(
          name, Type.ONEOF, "", -1, false, false, false, Arrays.asList(alternatives));
    }

    public static Argument block(String name, Argument... parts) {
      return new Argument(name, Type.BLOCK, "", -1, false, false, false, Arrays.asList(parts));
    }

    public Argument withToken(String word) {
      return new Argument(name, type, word, keySpec, optional, multiple, multipleToken, nested);
    }

    public Argument asOptional() {
      return new Argument(name, type, token, keySpec, true, multiple, multipleToken, nested);
    }

    /** Several times, with the token before each. */
    public Argument asMultipleToken() {
      return new Argument(name, type, token, keySpec, optional, true, true, nested);
    }

    public Argument asMultiple() {
      return new Argument(name, type, token, keySpec, optional, true, multipleToken, nested);
    }
  }
}
