package io.slotcast.broker.command.stream;

import io.slotcast.broker.resp.Request;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The id that IDMPAUTO gives an entry: the same for the same fields and values, in whatever order
 * they come. It is the sum of a hash of each pair, so that a pair that comes twice counts twice.
 */
final class ContentId {
  private ContentId() {}

  /** 16 bytes, made of the fields and values that are the arguments from there on. */
  static byte[] of(Request request, int firstField) {
    MessageDigest digest = sha256();
    long high = 0;
    long low = 0;
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    for (int i = firstField; i + 1 < request.count(); i += 2) {
      digest.update(length.putInt(0, request.length(i)).array());
      digest.update(request.array(), request.offset(i), request.length(i));
      digest.update(request.array(), request.offset(i + 1), request.length(i + 1));
      ByteBuffer hash = ByteBuffer.wrap(digest.digest());
      high += hash.getLong();
      low += hash.getLong();
    }
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
