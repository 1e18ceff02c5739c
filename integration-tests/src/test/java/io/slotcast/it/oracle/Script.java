package io.slotcast.it.oracle;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.it.oracle.Step.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of cases: see {@code README.txt} beside the files.
 *
 * @param directives what both servers are configured with
 */
record Script(String file, Map<String, String> directives, List<Case> cases) {
  private static final Pattern STEP =
      Pattern.compile("([a-z])(>>?|<(?:redis|slotcast|=)?|!|~)(?: (.*))?");
  private static final String CLOSED = "closed";

  static Script read(Path path) throws IOException {
    Parser parser = new Parser(String.valueOf(path.getFileName()));
    for (String line : Files.readAllLines(path)) {
      parser.line(line);
    }
    return parser.script();
  }

  private static final class Parser {
    private final String file;
    private final Map<String, String> directives = new LinkedHashMap<>();
    private final List<Case> cases = new ArrayList<>();
    private int number;

    // The case that is being read; its name is empty before the first.
    private String name = "";
    private List<Integer> protocols = List.of();
    private List<String> differences = List.of();
    private List<Step> steps = List.of();

    Parser(String file) {
      this.file = file;
    }

    void line(String line) {
      number++;
      if (line.isEmpty() || line.startsWith("#")) {
        return;
      }
      if (line.startsWith("== ")) {
        endCase();
        name = line.substring(3);
        protocols = List.of(2, 3);
        differences = new ArrayList<>();
        steps = new ArrayList<>();
      } else if (line.startsWith("config: ")) {
        String[] directive = line.substring(8).split(" ", 2);
        directives.put(directive[0], directive[1]);
      } else if (line.startsWith("protocols: ")) {
        protocols = Stream.of(line.substring(11).split(" ")).map(Integer::valueOf).toList();
      } else if (line.startsWith("differs: ")) {
        differences.add(line.substring(9));
      } else {
        steps.add(step(line));
      }
    }

    private Step step(String line) {
      Matcher matcher = STEP.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(file + ":" + number + ": " + line);
      }
      char connection = line.charAt(0);
      String rest = matcher.group(3) == null ? "" : matcher.group(3);
      return switch (matcher.group(2)) {
        case ">" -> new Step.Send(number, connection, RespConnection.encode(Notation.words(rest)));
        case ">>" -> new Step.Send(number, connection, Notation.bytes(rest));
        case "!" -> new Step.Close(number, connection);
        case "~" -> new Step.AwaitBlocked(number, connection, Integer.parseInt(rest));
        case "<redis" -> expect(connection, Servers.REDIS, rest);
        case "<slotcast" -> expect(connection, Servers.SLOTCAST, rest);
        case "<=" -> new Step.Expect(number, connection, Servers.BOTH, true, rest);
        default -> expect(connection, Servers.BOTH, rest);
      };
    }

    private Step expect(char connection, Servers servers, String text) {
      return text.equals(CLOSED)
          ? new Step.ExpectClosed(number, connection, servers)
          : new Step.Expect(number, connection, servers, false, text);
    }

    private void endCase() {
      if (!name.isEmpty()) {
        cases.add(new Case(name, protocols, differences, steps));
      }
    }

    Script script() {
      endCase();
      return new Script(file, directives, List.copyOf(cases));
    }
  }
}
