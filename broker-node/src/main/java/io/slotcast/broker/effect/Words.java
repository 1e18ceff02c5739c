package io.slotcast.broker.effect;

import java.nio.charset.StandardCharsets;

/** Words of an effect. */
public final class Words {
  public static final byte[] ABSTTL = of("ABSTTL");
  public static final byte[] DEL = of("DEL");
  public static final byte[] EXEC = of("EXEC");
  public static final byte[] MULTI = of("MULTI");
  public static final byte[] PERSIST = of("PERSIST");
  public static final byte[] PEXPIREAT = of("PEXPIREAT");
  public static final byte[] PXAT = of("PXAT");
  public static final byte[] REPLACE = of("REPLACE");
  public static final byte[] RESTORE = of("RESTORE");
  public static final byte[] SET = of("SET");

  private Words() {}

  /** ASCII only. */
  public static byte[] of(String word) {
    return word.getBytes(StandardCharsets.US_ASCII);
  }

  public static byte[] of(long number) {
    return of(Long.toString(number));
  }
}
