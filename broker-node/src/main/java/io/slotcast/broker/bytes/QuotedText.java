package io.slotcast.broker.bytes;

/** Bytes as Redis shows them to people: in quotes, with escapes for what does not print. */
public final class QuotedText {
  private QuotedText() {}

  /** {@code "} … {@code "}; only printable ASCII in it. */
  public static String of(byte[] array) {
    StringBuilder quoted = new StringBuilder(array.length + 2).append('"');
    for (byte code : array) {
      switch (code) {
        case '\\', '"' -> quoted.append('\\').append((char) code);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '\b' -> quoted.append("\\b");
        case 7 -> quoted.append("\\a");
        default -> {
          if (code >= ' ' && code <= '~') {
            quoted.append((char) code);
          } else {
            quoted.append("\\x%02x".formatted(code));
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
