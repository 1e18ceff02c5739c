package io.slotcast.broker.resp;

import io.slotcast.broker.bytes.Decimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One command's arguments, as slices of the array that they were read into. A request is a view
 * that is filled again for the next command: what outlives the command must be copied out. Argument
 * 0 is the command's name.
 *
 * <p>Owned by the thread that runs the command.
 */
public final class Request {
  private static final int USUAL_ARGUMENTS = 16;
  private static final int KEPT_ARGUMENTS = 4096;

  private byte[] array = new byte[0];
  private int[] offsets = new int[USUAL_ARGUMENTS];
  private int[] lengths = new int[USUAL_ARGUMENTS];
  private int count;

  /** Whether the array holds the request as it came, as an array of bulk strings. */
  private boolean asOnTheWire;

  /** A request over arguments of one's own: for a command that is run by another. */
  public static Request of(byte[]... arguments) {
    Request request = new Request();
    int total = 0;
    for (byte[] argument : arguments) {
      total += argument.length;
    }
    byte[] all = new byte[total];
    request.reset(all);
    int at = 0;
    for (byte[] argument : arguments) {
      System.arraycopy(argument, 0, all, at, argument.length);
      request.add(at, argument.length);
      at += argument.length;
    }
    return request;
  }

  /** A copy that owns its bytes: for a command that runs later. */
  public Request copy() {
    return of(words());
  }

  /** Copies of all arguments. */
  public byte[][] words() {
    byte[][] words = new byte[count][];
    for (int i = 0; i < count; i++) {
      words[i] = bytes(i);
    }
    return words;
  }

  void reset(byte[] newArray) {
    array = newArray;
    count = 0;
    asOnTheWire = false;
    if (offsets.length > KEPT_ARGUMENTS) {
      offsets = new int[USUAL_ARGUMENTS];
      lengths = new int[USUAL_ARGUMENTS];
    }
  }

  /** Points the same arguments into another array, in which they stand {@code shift} further on. */
  void rebase(byte[] newArray, int shift) {
    array = newArray;
    for (int i = 0; i < count; i++) {
      offsets[i] += shift;
    }
  }

  void add(int offset, int length) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
    }
    offsets[count] = offset;
    lengths[count++] = length;
  }

  /** How many arguments there are, the command's name included. */
  public int count() {
    return count;
  }

  /** The array in which every argument is a slice. */
  public byte[] array() {
    return array;
  }

  public int offset(int i) {
    return offsets[i];
  }

  public int length(int i) {
    return lengths[i];
  }

  /**
   * How long the request is as an array of bulk strings. Its arguments stand in the order of the
   * wire, so their ends tell.
   */
  public int wireLength() {
    int last = count - 1;
    int arguments = offsets[last] + lengths[last] - offsets[0];
    return "*\r\n$\r\n\r\n".length()
        + Decimal.length(count)
        + Decimal.length(lengths[0])
        + arguments;
  }

  /** The arguments that follow lie as they came, each behind its header. */
  void onTheWire() {
    asOnTheWire = true;
  }

  /**
   * Where the request begins in {@link #array()} as an array of bulk strings, {@link #wireLength()}
   * long; -1 if it does not stand there in that form.
   */
  public int wireOffset() {
    if (!asOnTheWire) {
      return -1;
    }
    int header = "*\r\n$\r\n".length() + Decimal.length(count) + Decimal.length(lengths[0]);
    return offsets[0] - header;
  }

  /** A copy of one argument. */
  public byte[] bytes(int i) {
    return Arrays.copyOfRange(array, offsets[i], offsets[i] + lengths[i]);
  }

  /** One argument as text, byte by byte: for names and options, never for data. */
  public String text(int i) {
    return new String(array, offsets[i], lengths[i], StandardCharsets.ISO_8859_1);
  }

  /** Whether an argument is this word in any case; {@code upperCase} holds no a–z. */
  public boolean is(int i, String upperCase) {
    int length = lengths[i];
    if (length != upperCase.length()) {
      return false;
    }
    int offset = offsets[i];
    for (int k = 0; k < length; k++) {
      int c = array[offset + k];
      if (c >= 'a' && c <= 'z') {
        c -= 'a' - 'A';
      }
      if (c != upperCase.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  public boolean isLong(int i) {
    return Decimal.isLong(array, offsets[i], lengths[i]);
  }

  /** The integer in an argument for which {@link #isLong} holds. */
  public long toLong(int i) {
    return Decimal.toLong(array, offsets[i], lengths[i]);
  }
}
