package io.slotcast.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theVersionNamesTheJavaThatRunsIt() {
    assertThat(run("--version")).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).startsWith("slotcast ").contains("Java " + Runtime.version());
  }

  @Test
  void helpSaysWhatACommandTakes() {
    assertThat(run("dev-cluster", "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("--primaries", "(default: 7001)")
        .doesNotContain("stop-when");
  }

  @Test
  void wrongArgumentsAreSaidInOneLine() {
    assertThat(run("dev-cluster", "--primaries", "x")).isEqualTo(ExitCode.REFUSED);
    assertThat(err)
        .hasToString("slotcast: Invalid value for option '--primaries': 'x' is not an int\n");
  }

  @Test
  void anUnknownCommandIsSaidInOneLine() {
    assertThat(run("serve")).isEqualTo(ExitCode.REFUSED);
    assertThat(err).hasToString("slotcast: Unmatched argument at index 0: 'serve'\n");
  }

  @Test
  void noCommandAtAllIsSaidInOneLine() {
    assertThat(run()).isEqualTo(ExitCode.REFUSED);
    assertThat(err).hasToString("slotcast: Missing required subcommand\n");
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }
}
