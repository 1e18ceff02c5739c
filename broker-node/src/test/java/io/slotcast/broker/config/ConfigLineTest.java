package io.slotcast.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLineTest {
  @Test
  void wordsStandBetweenSpacesAndTabs() throws Exception {
    assertThat(ConfigLine.split(" save  900\t1 ")).containsExactly("save", "900", "1");
  }

  @Test
  void doubleQuotesKeepSpacesAndTakeEscapes() throws Exception {
    assertThat(ConfigLine.split("requirepass \"a b\\x41\\t\\\"\\\\\\q\\xzz\""))
        .containsExactly("requirepass", "a bA\t\"\\qxzz");
  }

  @Test
  void singleQuotesTakeNoEscapeButTheirOwn() throws Exception {
    assertThat(ConfigLine.split("requirepass 'a\\n\\'b'")).containsExactly("requirepass", "a\\n'b");
  }

  @Test
  void emptyQuotesAreAnEmptyWord() throws Exception {
    assertThat(ConfigLine.split("save \"\" ''")).containsExactly("save", "", "");
  }

  @Test
  void textOutsideAsciiIsKept() throws Exception {
    assertThat(ConfigLine.split("logfile größe \"\\xc3\\xa9\""))
        .containsExactly("logfile", "größe", "é");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a \"b", "a 'b", "a \"b\"c", "a 'b'c", "a \"b\\"})
  void quotesThatDoNotMatchAreRefused(String line) {
    assertThatThrownBy(() -> ConfigLine.split(line))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("unbalanced quotes");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    assertThatThrownBy(() -> ConfigLine.split("requirepass \"\\xff\""))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("a value must be UTF-8");
  }

  @Test
  void whatIsQuotedIsReadBackAsItWas() throws Exception {
    String text = "a \"b\" \\ \n\r\t\b\u0007 é \u0001";

    String quoted = ConfigLine.quote(text);

    assertThat(quoted).isEqualTo("\"a \\\"b\\\" \\\\ \\n\\r\\t\\b\\a \\xc3\\xa9 \\x01\"");
    assertThat(ConfigLine.split(quoted)).containsExactly(text);
  }
}
