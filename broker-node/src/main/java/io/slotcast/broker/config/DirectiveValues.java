package io.slotcast.broker.config;

import java.util.List;

/** A value for each directive; immutable. */
final class DirectiveValues {
  /** By {@link Directive#index()}. */
  private final Object[] values;

  private DirectiveValues(Object[] values) {
    this.values = values;
  }

  static DirectiveValues defaults() {
    Object[] values = Directives.all().stream().map(Directive::defaultValue).toArray();
    return new DirectiveValues(values);
  }

  @SuppressWarnings("unchecked") // with() puts only values of its type at a directive's index.
  <T> T get(Directive<T> directive) {
    return (T) values[directive.index()];
  }

  <T> DirectiveValues with(Directive<T> directive, T value) {
    Object[] changed = values.clone();
    changed[directive.index()] = value;
    return new DirectiveValues(changed);
  }

  /** With what these words say of the directive. */
  <T> DirectiveValues parsed(Directive<T> directive, List<String> words)
      throws InvalidValueException {
    return with(directive, directive.type().parse(words, get(directive)));
  }

  /** With a further line of a file on a directive that an earlier one had set. */
  <T> DirectiveValues parsedAgain(Directive<T> directive, List<String> words)
      throws InvalidValueException {
    T earlier = get(directive);
    T later = directive.type().parse(words, earlier);
    return with(directive, directive.type().repeated(earlier, later));
  }

  <T> String printed(Directive<T> directive) {
    return directive.type().print(get(directive));
  }

  <T> List<String> fileForm(Directive<T> directive) {
    return directive.type().fileForm(get(directive));
  }

  boolean differ(DirectiveValues others, Directive<?> directive) {
    return !get(directive).equals(others.get(directive));
  }
}
