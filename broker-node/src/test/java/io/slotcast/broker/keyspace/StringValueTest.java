package io.slotcast.broker.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.keyspace.string.StringValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StringValueTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 1024})
  void aShortStringIsOverwrittenByOneOfItsLength(int length) {
    StringValue value = new StringValue(bytes("a".repeat(length)));
    byte[] before = value.bytes();
    value.set(bytes("-" + "b".repeat(length) + "-"), 1, length);
    assertThat(value.bytes()).isSameAs(before).isEqualTo(bytes("b".repeat(length)));
  }

  @Test
  void anotherLengthTakesAnotherArray() {
    StringValue value = new StringValue(bytes("abc"));
    byte[] before = value.bytes();
    value.set(bytes("abcd"), 0, 4);
    assertThat(value.bytes()).isEqualTo(bytes("abcd"));
    assertThat(before).isEqualTo(bytes("abc"));
  }

  @Test
  void theArrayOfALongStringIsNeverWrittenTo() {
    byte[] before = bytes("a".repeat(1025));
    StringValue value = new StringValue(before);
    value.set(bytes("b".repeat(1025)), 0, 1025);
    assertThat(value.bytes()).isEqualTo(bytes("b".repeat(1025)));
    assertThat(before).isEqualTo(bytes("a".repeat(1025)));
  }

  @Test
  void encodingsAreThoseOfRedis() {
    assertThat(new StringValue(bytes("123")).encoding()).isEqualTo("int");
    assertThat(new StringValue(bytes("0123")).encoding()).isEqualTo("embstr");
    assertThat(new StringValue(bytes("x".repeat(44))).encoding()).isEqualTo("embstr");
    assertThat(new StringValue(bytes("x".repeat(45))).encoding()).isEqualTo("raw");
    StringValue edited = new StringValue(bytes("12"));
    edited.edit(bytes("123"));
    assertThat(edited.encoding()).isEqualTo("raw");
    edited.set(bytes("456"), 0, 3);
    assertThat(edited.encoding()).isEqualTo("int");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
