package io.slotcast.broker.config;

import io.slotcast.broker.config.ServerConfig.Assignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Works out what one CONFIG SET asks for, with the refusals and texts of Redis 7. */
final class ConfigChange {
  private record Assigned(Directive<?> directive, String value) {}

  private final DirectiveValues before;

  /** By the name or alias that was given, in lower case. */
  private final Map<String, Assigned> requested = new LinkedHashMap<>();

  private DirectiveValues after;

  ConfigChange(DirectiveValues before, List<Assignment> assignments) throws ConfigSetException {
    this.before = before;
    this.after = before;
    for (Assignment assignment : assignments) {
      request(assignment);
    }
    for (Map.Entry<String, Assigned> request : requested.entrySet()) {
      parse(request.getKey(), request.getValue());
    }
    try {
      new ConfigCheck(after).run();
    } catch (InvalidValueException contradiction) {
      throw new ConfigSetException("ERR CONFIG SET failed - " + contradiction.reason());
    }
  }

  private void request(Assignment assignment) throws ConfigSetException {
    Directive<?> directive = Directives.named(assignment.name());
    if (directive == null) {
      throw new ConfigSetException(
          "ERR Unknown option or number of arguments for CONFIG SET - '" + assignment.name() + "'");
    }
    if (directive.change() != Directive.Change.AT_RUN_TIME) {
      throw failed(assignment.name(), directive.change().refusal());
    }
    String name = assignment.name().toLowerCase(Locale.ROOT);
    if (requested.put(name, new Assigned(directive, assignment.value())) != null) {
      throw failed(assignment.name(), "duplicate parameter");
    }
  }

  private void parse(String name, Assigned assigned) throws ConfigSetException {
    Directive<?> directive = assigned.directive();
    String value = assigned.value();
    List<String> words = directive.type().isList() ? ConfigLine.list(value) : List.of(value);
    try {
      after = after.parsed(directive, words);
    } catch (InvalidValueException refused) {
      throw failed(name, refused.reason());
    }
  }

  static ConfigSetException failed(String argument, String why) {
    return new ConfigSetException(
        "ERR CONFIG SET failed (possibly related to argument '" + argument + "') - " + why);
  }

  DirectiveValues after() {
    return after;
  }

  /** The directives whose value may be another than before, in the order asked for. */
  List<Directive<?>> changed() {
    var changed = new ArrayList<Directive<?>>();
    for (Assigned assigned : requested.values()) {
      Directive<?> directive = assigned.directive();
      if (directive.type() instanceof FileType || after.differ(before, directive)) {
        changed.add(directive);
      }
    }
    return changed.stream().distinct().toList();
  }
}
