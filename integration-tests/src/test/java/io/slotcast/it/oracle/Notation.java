package io.slotcast.it.oracle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as one line of text, as {@code README.txt} beside the scripts describes it. */
final class Notation {
  private static final Pattern ESCAPED = Pattern.compile("\\\\x([0-9a-f]{2})|\\\\(.)");
  private static final Pattern REPEATED = Pattern.compile("(.)\\*([0-9]+)");
  private static final String NO_CHARACTER = "e";

  private Notation() {}

  /** The arguments of a command, which stand between single spaces. */
  static byte[][] words(String line) {
    List<byte[]> words = new ArrayList<>();
    for (String word : line.split(" ", -1)) {
      words.add(bytes(word));
    }
    return words.toArray(byte[][]::new);
  }

  static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Piece piece : pieces(text)) {
      switch (piece) {
        case Literal(String latin1) ->
            bytes.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
        case Wildcard(String regex) ->
            throw new IllegalArgumentException("{" + regex + "} can only be expected: " + text);
      }
    }
    return bytes.toByteArray();
  }

  /** Matches replies, taken as ISO 8859-1. */
  static Pattern expectation(String text) {
    StringBuilder regex = new StringBuilder();
    for (Piece piece : pieces(text)) {
      switch (piece) {
        case Literal(String latin1) -> regex.append(Pattern.quote(latin1));
        case Wildcard(String wildcard) -> regex.append(wildcard);
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** Bytes in this notation; long runs of one character are shown as such. */
  static String show(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      int run = i;
      while (run < bytes.length && bytes[run] == bytes[i]) {
        run++;
      }
      if (run - i > 40) {
        text.append('{').append((char) (bytes[i] & 0xFF)).append('*').append(run - i).append('}');
        i = run - 1;
      } else if (bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
        text.append('|');
        i++;
      } else {
        text.append(shown(bytes[i] & 0xFF));
      }
    }
    return text.toString();
  }

  private static String shown(int b) {
    return switch (b) {
      case '|', '\\', '{' -> "\\" + (char) b;
      default -> b < ' ' || b > '~' ? String.format("\\x%02x", b) : String.valueOf((char) b);
    };
  }

  private sealed interface Piece {}

  private record Literal(String latin1) implements Piece {}

  private record Wildcard(String regex) implements Piece {}

  private static List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    Matcher escaped = ESCAPED.matcher(text);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && escaped.find(at) && escaped.start() == at) {
        pieces.add(new Literal(unescaped(escaped)));
        at = escaped.end();
      } else if (c == '{') {
        int end = text.indexOf('}', at);
        pieces.add(special(text.substring(at + 1, end)));
        at = end + 1;
      } else {
        pieces.add(new Literal(c == '|' ? "\r\n" : String.valueOf(c)));
        at++;
      }
    }
    return pieces;
  }

  private static String unescaped(Matcher escaped) {
    if (escaped.group(1) != null) {
      return String.valueOf((char) Integer.parseInt(escaped.group(1), 16));
    }
    return escaped.group(2).equals(NO_CHARACTER) ? "" : escaped.group(2);
  }

  private static Piece special(String name) {
    Matcher repeated = REPEATED.matcher(name);
    if (repeated.matches()) {
      return new Literal(repeated.group(1).repeat(Integer.parseInt(repeated.group(2))));
    }
    return new Wildcard(
        switch (name) {
          case "int" -> "-?[0-9]+";
          case "hex" -> "[0-9a-f]+";
          case "any" -> "[^\r\n]*";
          case "all" -> ".*";
          default -> throw new IllegalArgumentException("unknown {" + name + "}");
        });
  }
}
