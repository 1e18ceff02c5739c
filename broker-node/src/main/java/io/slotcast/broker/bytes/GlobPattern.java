package io.slotcast.broker.bytes;

/**
 * Redis' glob over bytes: {@code *}, {@code ?}, {@code [a-z]}, {@code [^a]}, and {@code \} before a
 * character meant literally. Immutable.
 */
public final class GlobPattern {
  private final byte[] pattern;

  /** A pattern over bytes that the caller will not change any more. */
  public GlobPattern(byte[] pattern) {
    this.pattern = pattern;
  }

  public byte[] bytes() {
    return pattern;
  }

  public boolean matches(byte[] text) {
    return matches(text, 0, text.length);
  }

  /**
   * Whether the slice matches. Runs in time proportional to pattern × text: a star is retried only
   * from the last one, which suffices for globs, so no pattern makes it explode.
   *
   * <p>As in Redis no pattern but the empty one matches an empty text, a star neither.
   */
  public boolean matches(byte[] text, int offset, int length) {
    if (length == 0) {
      return pattern.length == 0;
    }
    int end = offset + length;
    int at = offset;
    int p = 0;
    int starPattern = -1;
    int starText = 0;
    while (at < end) {
      if (p < pattern.length && pattern[p] == '*') {
        starPattern = ++p;
        starText = at;
        continue;
      }
      int after = p < pattern.length ? matchOne(p, text[at]) : -1;
      if (after >= 0) {
        p = after;
        at++;
      } else if (starPattern >= 0) {
        p = starPattern;
        at = ++starText;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == '*') {
      p++;
    }
    return p == pattern.length;
  }

  /** Where the pattern goes on if its element at {@code p} takes {@code c}, else -1. */
  private int matchOne(int p, byte c) {
    return switch (pattern[p]) {
      case '?' -> p + 1;
      case '[' -> matchClass(p + 1, c);
      case '\\' -> {
        int literal = p + 1 < pattern.length ? p + 1 : p;
        yield pattern[literal] == c ? literal + 1 : -1;
      }
      default -> pattern[p] == c ? p + 1 : -1;
    };
  }

  /** As Redis: an unclosed class ends with the pattern, and its last character counts. */
  private int matchClass(int start, byte c) {
    int p = start;
    boolean negated = p < pattern.length && pattern[p] == '^';
    if (negated) {
      p++;
    }
    boolean found = false;
    int value = c & 0xFF;
    while (p < pattern.length) {
      if (pattern[p] == '\\' && p + 1 < pattern.length) {
        p++;
        found |= pattern[p] == c;
      } else if (pattern[p] == ']') {
        p++;
        break;
      } else if (p + 2 < pattern.length && pattern[p + 1] == '-') {
        int from = pattern[p] & 0xFF;
        int to = pattern[p + 2] & 0xFF;
        found |= value >= Math.min(from, to) && value <= Math.max(from, to);
        p += 2;
      } else {
        found |= pattern[p] == c;
      }
      p++;
    }
    return found != negated ? p : -1;
  }
}
