package io.slotcast.broker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reply taken apart.
 *
 * @param type its first byte on the wire
 * @param text of a string, an error or a number; empty for aggregates and nulls
 * @param elements of an aggregate; a map's keys and values in turn
 */
public record Reply(char type, String text, List<Reply> elements) {
  /** Takes one whole reply, in ISO 8859-1, apart. */
  public static Reply parse(String wire) {
    return new Parser(wire).reply();
  }

  public boolean isError() {
    return type == '-';
  }

  /** A map, or an array of keys and values, as text to replies. */
  public Map<String, Reply> asMap() {
    Map<String, Reply> map = new LinkedHashMap<>();
    for (int i = 0; i < elements.size(); i += 2) {
      map.put(elements.get(i).text(), elements.get(i + 1));
    }
    return map;
  }

  /** The value of a key in a map, or in an array of keys and values. */
  public Reply field(String key) {
    Reply value = asMap().get(key);
    if (value == null) {
      throw new AssertionError("no " + key + " in " + asMap().keySet());
    }
    return value;
  }

  private static final class Parser {
    private final String wire;
    private int at;

    Parser(String wire) {
      this.wire = wire;
    }

    Reply reply() {
      char type = wire.charAt(at);
      int end = wire.indexOf("\r\n", at);
      String head = wire.substring(at + 1, end);
      at = end + 2;
      return switch (type) {
        case '$', '=' -> new Reply(type, bulk(Integer.parseInt(head), type), List.of());
        case '*', '~', '>' -> new Reply(type, "", elements(Integer.parseInt(head)));
        case '%' -> new Reply(type, "", elements(Integer.parseInt(head) * 2));
        default -> new Reply(type, head, List.of());
      };
    }

    private String bulk(int length, char type) {
      if (length < 0) {
        return "";
      }
      String text = wire.substring(at, at + length);
      at += length + 2;
      return type == '=' ? text.substring("txt:".length()) : text;
    }

    private List<Reply> elements(int count) {
      List<Reply> elements = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        elements.add(reply());
      }
      return elements;
    }
  }
}
