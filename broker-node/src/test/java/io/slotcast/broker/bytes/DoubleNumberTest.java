package io.slotcast.broker.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleNumberTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, -0.0",
    "+5, 5",
    "007, 7",
    "9223372036854775807, 9223372036854775807",
    "9007199254740993, 9007199254740992",
    ".5, 0.5",
    "5., 5",
    "-1.5e3, -1500",
    "1E-2, 0.01",
    "0e999, 0",
    "4.9e-324, 4.9e-324",
    "0x10, 16",
    "-0X.8, -0.5",
    "0x1p4, 16",
    "0x1.8P-1, 0.75",
    "0x0p-9999, 0",
    "inf, Infinity",
    "+Infinity, Infinity",
    "-iNF, -Infinity"
  })
  void aNumberIsReadAsStrtodReadsIt(String text, double value) {
    assertThat(parsed(text)).isEqualTo(value);
    assertThat(parsedLoosely(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x", "-", "+", ".", "e5", "1e", "1e+", "1 ", "1x", "0x", "0x.", "0x1p", "1d", "1f", "nan",
        "-NaN", "nan(1)", "infinit", "--1", "1,5", "٣"
      })
  void whatIsNoNumberIsNaN(String text) {
    assertThat(parsed(text)).isNaN();
    assertThat(parsedLoosely(text)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "\t1",
        "1\0",
        "1e999",
        "-1e999",
        "1e-999",
        "0x1p9999",
        "1e99999999999",
        "5e-325"
      })
  void whatOnlyTheEndOfARangeMayBeIsNaNElsewhere(String text) {
    assertThat(parsed(text)).isNaN();
    assertThat(parsedLoosely(text)).isNotNaN();
  }

  @Test
  void theEndOfARangeIsReadUpToANul() {
    assertThat(parsedLoosely("1.5\0x")).isEqualTo(1.5);
    assertThat(parsedLoosely("\0x")).isZero();
    assertThat(parsedLoosely("")).isZero();
    assertThat(parsedLoosely(" ")).isNaN();
    assertThat(parsedLoosely(" \r\n-1e999")).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  private static double parsed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return DoubleNumber.parse(bytes, 0, bytes.length);
  }

  private static double parsedLoosely(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return DoubleNumber.parseLoosely(bytes, 0, bytes.length);
  }
}
