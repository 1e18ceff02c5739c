package io.slotcast.broker.config;

import io.slotcast.broker.bytes.QuotedText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a line in {@code redis.conf} syntax: separated by spaces, plain, in double quotes
 * with the escapes {@code \n \r \t \b \a \xHH}, or in single quotes with {@code \'} only.
 */
final class ConfigLine {
  private final byte[] line;
  private int position;

  private ConfigLine(byte[] line) {
    this.line = line;
  }

  /**
   * @throws InvalidValueException if quotes do not match, or an escape makes invalid UTF-8
   */
  static List<String> split(String line) throws InvalidValueException {
    return new ConfigLine(line.getBytes(StandardCharsets.UTF_8)).words();
  }

  /**
   * The elements of a list in one argument, as CONFIG SET gives it; two spaces hold an empty one.
   */
  static List<String> list(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  private List<String> words() throws InvalidValueException {
    List<String> words = new ArrayList<>();
    while (true) {
      while (position < line.length && isSpace(line[position])) {
        position++;
      }
      if (position == line.length) {
        return words;
      }
      words.add(word());
    }
  }

  private String word() throws InvalidValueException {
    var bytes = new ByteArrayOutputStream();
    while (position < line.length && !isSpace(line[position])) {
      byte next = line[position++];
      switch (next) {
        case '"' -> doubleQuoted(bytes);
        case '\'' -> singleQuoted(bytes);
        default -> bytes.write(next);
      }
    }
    return decode(bytes.toByteArray());
  }

  private void doubleQuoted(ByteArrayOutputStream bytes) throws InvalidValueException {
    for (byte next = take(); next != '"'; next = take()) {
      bytes.write(next == '\\' ? escaped() : next);
    }
    endOfQuotes();
  }

  private int escaped() throws InvalidValueException {
    byte code = take();
    if (code == 'x' && position + 1 < line.length) {
      int high = Character.digit(line[position], 16);
      int low = Character.digit(line[position + 1], 16);
      if (high >= 0 && low >= 0) {
        position += 2;
        return high << 4 | low;
      }
    }
    return switch (code) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      default -> code;
    };
  }

  private void singleQuoted(ByteArrayOutputStream bytes) throws InvalidValueException {
    for (byte next = take(); next != '\''; next = take()) {
      if (next == '\\' && position < line.length && line[position] == '\'') {
        position++;
        bytes.write('\'');
      } else {
        bytes.write(next);
      }
    }
    endOfQuotes();
  }

  private void endOfQuotes() throws InvalidValueException {
    if (position < line.length && !isSpace(line[position])) {
      throw unbalanced();
    }
  }

  private byte take() throws InvalidValueException {
    if (position == line.length) {
      throw unbalanced();
    }
    return line[position++];
  }

  private static InvalidValueException unbalanced() {
    return new InvalidValueException("unbalanced quotes");
  }

  private static boolean isSpace(byte code) {
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0;
  }

  private static String decode(byte[] word) throws InvalidValueException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(word)).toString();
    } catch (CharacterCodingException malformed) {
      throw new InvalidValueException("a value must be UTF-8");
    }
  }

  /** The text in double quotes, everything but printable ASCII escaped. */
  static String quote(String text) {
    return QuotedText.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
