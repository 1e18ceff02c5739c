package io.slotcast.broker.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleTextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, -0",
    "3, 3",
    "-2.5, -2.5",
    "0.1, 0.10000000000000001",
    "1.1, 1.1000000000000001",
    "3.14159, 3.1415899999999999",
    "0.0001, 0.0001",
    "0.00001, 1.0000000000000001e-05",
    "99999999999999999, 1e+17",
    "12345678901234567, 12345678901234568",
    "1e17, 1e+17",
    "1.5e100, 1.4999999999999999e+100",
    "4.9e-324, 4.9406564584124654e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "Infinity, inf",
    "-Infinity, -inf",
    "NaN, nan"
  })
  void isWhatPrintfWritesWithSeventeenDigits(double value, String text) {
    assertThat(DoubleText.of(value)).isEqualTo(text);
  }

  @Test
  void readsBackTheSame() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(DoubleText.of(value))).isEqualTo(value);
      }
    }
  }
}
