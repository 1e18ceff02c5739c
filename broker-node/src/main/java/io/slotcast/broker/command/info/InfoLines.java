package io.slotcast.broker.command.info;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The text of an INFO reply under way. */
final class InfoLines {
  private static final String[] UNITS = {"K", "M", "G", "T", "P", "E"};

  private final StringBuilder text = new StringBuilder();

  void heading(String title) {
    if (!text.isEmpty()) {
      text.append("\r\n");
    }
    text.append("# ").append(title).append("\r\n");
  }

  void field(String name, String value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  void field(String name, long value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  /** Fields that are 0 here, since what they count does not happen. */
  void zeros(String... names) {
    for (String name : names) {
      field(name, 0);
    }
  }

  void decimal(String name, double value) {
    field(name, decimal(value, 2));
  }

  /** A size in bytes, and once more in a form for people. */
  void size(String name, long bytes) {
    field(name, bytes);
    field(name + "_human", human(bytes));
  }

  static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** As Redis' bytesToHuman. */
  static String human(long bytes) {
    if (bytes < 1024) {
      return bytes + "B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return decimal(value, 2) + UNITS[unit];
  }

  byte[] toBytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
