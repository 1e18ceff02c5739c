package io.slotcast.broker.config;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

/** Writes {@code docs/configuration.md} from the directive table. */
final class ConfigurationDocument {
  private static final String HEAD =
      """
      # Configuration

      <!-- Written from the directive table (`io.slotcast.broker.config.Directives`) by
           ./mvnw -pl broker-node -am test -Dtest=ConfigurationDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dslotcast.docs.write=true -->

      A node takes its directives from a file in the syntax of `redis.conf`, and from the command
      line, which wins:

      ```
      deploy/bin/slotcast server slotcast.conf --port 7001 --cluster-seeds 10.0.0.1:7001 10.0.0.2:7001
      ```

      - A line is a directive's name and its values, between spaces. `#` begins a comment line. A value
        with spaces stands in quotes: `"…"` takes `\\n`, `\\t`, `\\"`, `\\\\` and `\\xHH`, `'…'` takes `\\'` only.
      - `include FILE` reads another file at that place; its name may be a pattern (`conf.d/*.conf`).
      - Sizes may have a unit: `1k` is 1000 bytes, `1kb` 1024, and so on with `m`, `mb`, `g`, `gb`.
      - On the command line the word after `--name` is always its value; a directive with several values
        takes all words up to the next `--name`.
      - What is wrong is said in one line with its place, and the exit code is 2:
        `slotcast: slotcast.conf:12: unknown directive 'foo'`.
      - "run time" means that CONFIG SET may change it too, CONFIG REWRITE writes what changed to the file.

      Names, defaults and printed forms are those of Redis 7.0 where Redis has the directive;
      [differences.md](differences.md) lists where they are not.
      """;

  private static final String TOOLS =
      """
      Tools set and read these, and existing files hold them. They are checked as Redis checks them,
      remembered and printed, and nothing follows from them; a node that is given one says so in its
      log. Where silence would mislead, only the value that is true here is taken.
      """;

  private ConfigurationDocument() {}

  static String text() {
    var text = new StringBuilder(HEAD);
    for (Section section : EnumSet.complementOf(EnumSet.of(Section.KEPT_FOR_TOOLS))) {
      text.append("\n## ").append(section.title()).append("\n\n");
      text.append("| directive | default | values | change | |\n|---|---|---|---|---|\n");
      directives(section).forEach(directive -> text.append(row(directive)));
    }
    text.append("\n## ").append(Section.KEPT_FOR_TOOLS.title()).append("\n\n").append(TOOLS);
    text.append("\n| directive | default | values | change |\n|---|---|---|---|\n");
    directives(Section.KEPT_FOR_TOOLS).forEach(directive -> text.append(shortRow(directive)));
    return text.toString();
  }

  private static List<Directive<?>> directives(Section section) {
    return Directives.all().stream()
        .filter(directive -> directive.section() == section)
        .collect(Collectors.toList());
  }

  private static String row(Directive<?> directive) {
    return shortRow(directive).stripTrailing() + " " + cell(directive.description()) + " |\n";
  }

  private static String shortRow(Directive<?> directive) {
    String names =
        directive.aliases().isEmpty()
            ? code(directive.name())
            : code(directive.name())
                + ", also "
                + directive.aliases().stream()
                    .map(ConfigurationDocument::code)
                    .collect(Collectors.joining(", "));
    String change = directive.change() == Directive.Change.AT_RUN_TIME ? "run time" : "at start";
    return "| %s | %s | %s | %s |\n"
        .formatted(names, code(defaultOf(directive)), cell(directive.type().domain()), change);
  }

  private static <T> String defaultOf(Directive<T> directive) {
    return directive.type() instanceof MemoryType
        ? String.join("", directive.type().fileForm(directive.defaultValue()))
        : directive.type().print(directive.defaultValue());
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + cell(text) + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
