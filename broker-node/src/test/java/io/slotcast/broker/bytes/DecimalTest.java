package io.slotcast.broker.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"0", "1", "-1", "10", "9223372036854775807", "-9223372036854775808", "-10", "99"})
  void theCanonicalFormIsAnInteger(String text) {
    assertThat(isLong(text)).isTrue();
    assertThat(Decimal.toLong(bytes("x" + text + "y"), 1, text.length()))
        .isEqualTo(Long.parseLong(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        "01",
        "00",
        "-0",
        "-01",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "0x1",
        "--1",
        "a",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "99999999999999999999",
        "100000000000000000000"
      })
  void anyOtherTextIsNone(String text) {
    assertThat(isLong(text)).isFalse();
  }

  @Test
  void onlyTheSliceCounts() {
    assertThat(Decimal.isLong(bytes("a12b"), 1, 2)).isTrue();
    assertThat(Decimal.isLong(bytes("a12b"), 1, 3)).isFalse();
    assertThat(Decimal.toLong(bytes("9-128"), 1, 3)).isEqualTo(-12);
  }

  @Test
  void numbersAroundTheBoundsAreToldApart() {
    BigInteger[] bounds = {
      BigInteger.valueOf(Long.MAX_VALUE), BigInteger.valueOf(Long.MIN_VALUE), BigInteger.ZERO
    };
    for (BigInteger bound : bounds) {
      for (int distance = -300; distance <= 300; distance++) {
        BigInteger number = bound.add(BigInteger.valueOf(distance));
        assertThat(isLong(number.toString())).isEqualTo(number.bitLength() < Long.SIZE);
      }
    }
  }

  @Test
  void whatIsWrittenReadsBack() {
    Random random = new Random(20_261_121);
    for (int i = 0; i < 20_000; i++) {
      roundTrip(random.nextLong() >> random.nextInt(Long.SIZE));
    }
    for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
      roundTrip(power - 1);
      roundTrip(power);
      roundTrip(-power);
      roundTrip(1 - power);
    }
    roundTrip(Long.MIN_VALUE);
    roundTrip(Long.MAX_VALUE);
  }

  private static void roundTrip(long value) {
    String text = Long.toString(value);
    byte[] array = new byte[text.length() + 2];
    assertThat(Decimal.length(value)).isEqualTo(text.length());
    assertThat(Decimal.write(value, array, 1)).isEqualTo(text.length() + 1);
    assertThat(new String(array, 1, text.length(), StandardCharsets.US_ASCII)).isEqualTo(text);
    assertThat(array[0]).isZero();
    assertThat(array[array.length - 1]).isZero();
    assertThat(Decimal.isLong(array, 1, text.length())).isTrue();
    assertThat(Decimal.toLong(array, 1, text.length())).isEqualTo(value);
  }

  private static boolean isLong(String text) {
    return Decimal.isLong(bytes(text), 0, text.length());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
