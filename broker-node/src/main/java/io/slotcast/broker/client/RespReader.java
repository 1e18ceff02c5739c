package io.slotcast.broker.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads values of RESP2 and RESP3, and keeps the bytes of the last one as they came. */
final class RespReader {
  private final InputStream in;
  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

  RespReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads one value whole.
   *
   * @throws EOFException if the stream ends before its end
   * @throws IOException also for what is no RESP
   */
  RespValue read() throws IOException {
    raw.reset();
    return value();
  }

  /** The bytes of the value last read; of the part that came, where its reading failed. */
  byte[] lastBytes() {
    return raw.toByteArray();
  }

  private RespValue value() throws IOException {
    String line = line();
    if (line.isEmpty()) {
      throw new IOException("an empty line is no RESP value");
    }
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> new RespValue.SimpleString(rest);
      case '-' -> new RespValue.SimpleError(rest);
      case ':' -> new RespValue.Int(Long.parseLong(rest));
      case '$' -> rest.equals("-1") ? new RespValue.Nil() : new RespValue.Bulk(bytes(rest));
      case '=' -> new RespValue.Bulk(bytes(rest));
      case '!' -> new RespValue.SimpleError(new String(bytes(rest), StandardCharsets.UTF_8));
      case '*' -> rest.equals("-1") ? new RespValue.Nil() : new RespValue.Array(values(rest, 1));
      case '~' -> new RespValue.Array(values(rest, 1));
      case '>' -> new RespValue.Push(values(rest, 1));
      case '%' -> new RespValue.Pairs(values(rest, 2));
      case ',', '(' -> new RespValue.Decimal(rest);
      case '#' -> new RespValue.Bool(rest.equals("t"));
      case '_' -> new RespValue.Nil();
      default -> throw new IOException("no RESP value begins with: " + line);
    };
  }

  private List<RespValue> values(String count, int each) throws IOException {
    int total = Integer.parseInt(count) * each;
    List<RespValue> values = new ArrayList<>();
    for (int i = 0; i < total; i++) {
      values.add(value());
    }
    return values;
  }

  private byte[] bytes(String length) throws IOException {
    byte[] bytes = in.readNBytes(Integer.parseInt(length));
    raw.writeBytes(bytes);
    if (bytes.length < Integer.parseInt(length)) {
      throw new EOFException("the stream ended within a bulk string");
    }
    if (next() != '\r' || next() != '\n') {
      throw new IOException("a bulk string without its line end");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b;
    while ((b = next()) != '\r') {
      line.write(b);
    }
    if (next() != '\n') {
      throw new IOException("a CR without its LF");
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private int next() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("the stream ended within a value");
    }
    raw.write(b);
    return b;
  }
}
