package io.slotcast.broker.resp;

import io.slotcast.broker.bytes.Decimal;
import java.nio.charset.StandardCharsets;

/**
 * Writes replies to a sink in the protocol that the client chose with HELLO. Aggregates are written
 * as a header with their size, then their elements. Where RESP2 lacks a type, Redis' substitute is
 * written: a map as an array of twice the size, a double as a bulk string, a null as {@code $-1}.
 *
 * <p>Owned by the thread that runs the command. Source: the RESP3 specification, and Redis' {@code
 * networking.c} for the RESP2 forms.
 */
public final class RespWriter {
  private static final byte[] OK = ascii("+OK\r\n");
  private static final byte[] NULL = ascii("_\r\n");
  private static final byte[] NULL_BULK = ascii("$-1\r\n");
  private static final byte[] NULL_ARRAY = ascii("*-1\r\n");
  private static final byte[] TRUE = ascii("#t\r\n");
  private static final byte[] FALSE = ascii("#f\r\n");

  private ByteSink sink;
  private boolean resp3;

  public RespWriter(ByteSink sink, boolean resp3) {
    this.sink = sink;
    this.resp3 = resp3;
  }

  /** Turns this writer to another client's sink and protocol. */
  public void bind(ByteSink newSink, boolean newResp3) {
    sink = newSink;
    resp3 = newResp3;
  }

  public boolean isResp3() {
    return resp3;
  }

  public ByteSink sink() {
    return sink;
  }

  public void ok() {
    sink.write(OK);
  }

  /** A simple string; {@code text} is ASCII without line breaks. */
  public void simple(String text) {
    sink.write('+');
    latin1(text);
    crlf();
  }

  /** An error; {@code text} begins with its code, as in {@code ERR syntax error}. */
  public void error(String text) {
    sink.write('-');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      sink.write(c == '\r' || c == '\n' ? ' ' : c);
    }
    crlf();
  }

  public void integer(long value) {
    header(':', value);
  }

  public void bulk(byte[] bytes) {
    bulk(bytes, 0, bytes.length);
  }

  public void bulk(byte[] source, int offset, int length) {
    header('$', length);
    sink.write(source, offset, length);
    crlf();
  }

  /** The header of a bulk string whose {@code length} bytes and line end the caller sends. */
  public void bulkHeader(int length) {
    header('$', length);
  }

  /** A bulk string of text that is ASCII or is to be sent as UTF-8. */
  public void bulk(String text) {
    bulk(text.getBytes(StandardCharsets.UTF_8));
  }

  /** An integer as a bulk string. */
  public void bulk(long value) {
    header('$', Decimal.length(value));
    number(value);
    crlf();
  }

  /**
   * Text for humans: a verbatim string in RESP3 with its three-letter format, else a bulk string.
   */
  public void verbatim(String format, byte[] text) {
    if (resp3) {
      header('=', text.length + 4L);
      latin1(format);
      sink.write(':');
      sink.write(text);
      crlf();
    } else {
      bulk(text);
    }
  }

  /** Null where a string or a number might have been. */
  public void nil() {
    sink.write(resp3 ? NULL : NULL_BULK);
  }

  /** Null where an array might have been. */
  public void nilArray() {
    sink.write(resp3 ? NULL : NULL_ARRAY);
  }

  public void bool(boolean value) {
    if (resp3) {
      sink.write(value ? TRUE : FALSE);
    } else {
      integer(value ? 1 : 0);
    }
  }

  /** A double, as {@link DoubleText} writes it. */
  public void decimal(double value) {
    String text = DoubleText.of(value);
    if (resp3) {
      sink.write(',');
      latin1(text);
      crlf();
    } else {
      bulk(text);
    }
  }

  public void array(long size) {
    header('*', size);
  }

  /** A map of {@code size} pairs: keys and values follow in turn. */
  public void map(long size) {
    if (resp3) {
      header('%', size);
    } else {
      header('*', size * 2);
    }
  }

  public void set(long size) {
    header(resp3 ? '~' : '*', size);
  }

  /** Out-of-band data: a push in RESP3, an array in RESP2. */
  public void push(long size) {
    header(resp3 ? '>' : '*', size);
  }

  private void header(char type, long value) {
    sink.write(type);
    number(value);
    crlf();
  }

  private void number(long value) {
    if (sink.array.length - sink.position < 20) {
      sink.makeRoom(20);
    }
    sink.position = Decimal.write(value, sink.array, sink.position);
  }

  private void latin1(String text) {
    for (int i = 0; i < text.length(); i++) {
      sink.write(text.charAt(i));
    }
  }

  private void crlf() {
    if (sink.array.length - sink.position < 2) {
      sink.makeRoom(2);
    }
    sink.array[sink.position++] = '\r';
    sink.array[sink.position++] = '\n';
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
