package io.slotcast.broker.resp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words as Redis does for inline commands and configuration files: double quotes
 * with {@code \n \r \t \b \a \xHH} escapes, single quotes with {@code \'}, a space after a closing
 * quote.
 */
public final class InlineArguments {
  private final String line;
  private int at;

  private InlineArguments(String line) {
    this.line = line;
  }

  static void split(String line, Request into) throws ProtocolException {
    List<byte[]> words;
    try {
      words = split(line);
    } catch (IllegalArgumentException unbalanced) {
      throw new ProtocolException("unbalanced quotes in request");
    }
    int total = words.stream().mapToInt(word -> word.length).sum();
    byte[] array = new byte[total];
    into.reset(array);
    int offset = 0;
    for (byte[] word : words) {
      System.arraycopy(word, 0, array, offset, word.length);
      into.add(offset, word.length);
      offset += word.length;
    }
  }

  /**
   * The words of a line whose characters are bytes (ISO 8859-1).
   *
   * @throws IllegalArgumentException if a quote is not closed, or is not followed by a space
   */
  public static List<byte[]> split(String line) {
    return new InlineArguments(line).words();
  }

  private List<byte[]> words() {
    List<byte[]> words = new ArrayList<>();
    while (true) {
      while (at < line.length() && isSpace(line.charAt(at))) {
        at++;
      }
      if (at == line.length()) {
        return words;
      }
      words.add(word());
    }
  }

  private byte[] word() {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    while (at < line.length() && !isSpace(line.charAt(at))) {
      char c = line.charAt(at++);
      switch (c) {
        case '"' -> doubleQuoted(word);
        case '\'' -> singleQuoted(word);
        default -> word.write(c);
      }
    }
    return word.toByteArray();
  }

  private void doubleQuoted(ByteArrayOutputStream word) {
    while (true) {
      char c = next();
      if (c == '"') {
        endOfQuote();
        return;
      }
      word.write(c == '\\' ? escaped() : c);
    }
  }

  private int escaped() {
    char c = next();
    if (c == 'x'
        && at + 2 <= line.length()
        && isHex(line.charAt(at))
        && isHex(line.charAt(at + 1))) {
      at += 2;
      return Integer.parseInt(line, at - 2, at, 16);
    }
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      default -> c;
    };
  }

  private void singleQuoted(ByteArrayOutputStream word) {
    while (true) {
      char c = next();
      if (c == '\'') {
        endOfQuote();
        return;
      }
      if (c == '\\' && at < line.length() && line.charAt(at) == '\'') {
        at++;
        word.write('\'');
      } else {
        word.write(c);
      }
    }
  }

  private char next() {
    if (at == line.length()) {
      throw new IllegalArgumentException("unbalanced quotes");
    }
    return line.charAt(at++);
  }

  private void endOfQuote() {
    if (at < line.length() && !isSpace(line.charAt(at))) {
      throw new IllegalArgumentException("unbalanced quotes");
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0;
  }

  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0 && c < 128;
  }
}
