package io.slotcast.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

  @Test
  void theDocumentSaysWhatTheTableSays() throws IOException {
    if (Boolean.getBoolean("slotcast.docs.write")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, ConfigurationDocument.text());
    }

    assertThat(DOCUMENT).hasContent(ConfigurationDocument.text());
  }

  @Test
  void everyDirectiveThatHasAnEffectIsDescribedInASentence() {
    assertThat(Directives.all())
        .filteredOn(directive -> !directive.isWithoutEffect())
        .allSatisfy(directive -> assertThat(directive.description()).endsWith("."));
  }
}
