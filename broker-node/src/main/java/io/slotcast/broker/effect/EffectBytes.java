package io.slotcast.broker.effect;

import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.resp.ByteSink;
import io.slotcast.broker.resp.RespWriter;

/** An effect's words as a RESP array of bulk strings. */
final class EffectBytes {
  private EffectBytes() {}

  static int length(byte[]... words) {
    int length = header(words.length);
    for (byte[] word : words) {
      length += header(word.length) + word.length + 2;
    }
    return length;
  }

  private static int header(int number) {
    return 1 + Decimal.length(number) + 2;
  }

  static void write(ByteSink to, byte[]... words) {
    RespWriter writer = new RespWriter(to, false);
    writer.array(words.length);
    for (byte[] word : words) {
      writer.bulk(word);
    }
  }
}
