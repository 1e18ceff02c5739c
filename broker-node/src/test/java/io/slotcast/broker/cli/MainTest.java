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
  void aNodeThatCannotBeReachedIsSaidInOneLine() {
    assertThat(run("ctl", "status", "--node", "127.0.0.1:1")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .startsWith("slotcast: no connection to 127.0.0.1:1: ")
        .hasLineCount(1);
  }

  @Test
  void whatIsNoAddressIsSaidInOneLine() {
    assertThat(run("ctl", "nodes", "--node", "7001")).isEqualTo(ExitCode.REFUSED);
    assertThat(err)
        .hasToString("slotcast: Invalid value for option '--node': '7001' is not HOST:PORT\n");
  }

  @Test
  void aBenchmarkThatMakesNoSenseIsRefusedInOneLine() {
    assertThat(run("bench", "fanout", "--local", "3", "--payload", "7"))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(err).hasToString("slotcast: --payload: at least 8, not 7\n");
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
