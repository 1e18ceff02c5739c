package io.slotcast.broker.config;

import java.util.List;

/**
 * One thing to configure.
 *
 * @param index its place in {@link Directives#all()}
 * @param section where the documentation has it
 * @param name in lower case, as {@code redis.conf} writes it
 * @param aliases further names, each listed by CONFIG GET as well
 * @param type how values are read and printed
 * @param defaultValue what holds where nothing is said
 * @param change when it may be changed
 * @param description one line for the documentation
 * @param <T> the value in memory
 */
public record Directive<T>(
    int index,
    Section section,
    String name,
    List<String> aliases,
    ValueType<T> type,
    T defaultValue,
    Change change,
    String description) {
  public Directive {
    aliases = List.copyOf(aliases);
  }

  /** When a directive may be changed; the refusals are Redis' texts. */
  public enum Change {
    /** By CONFIG SET, too. */
    AT_RUN_TIME(""),
    /** Only by the file or the command line. */
    AT_START("can't set immutable config"),
    /** As {@link #AT_START}, for what Redis protects since it could reach files of the machine. */
    PROTECTED("can't set protected config");

    private final String refusal;

    Change(String refusal) {
      this.refusal = refusal;
    }

    String refusal() {
      return refusal;
    }
  }

  /** True if Redis has no such directive. */
  public boolean isOwn() {
    return section == Section.OWN;
  }

  /** True if tools may set and read it but nothing here asks for it. */
  public boolean isWithoutEffect() {
    return section == Section.KEPT_FOR_TOOLS;
  }

  /** True if the value is a secret: never in a log, the slow log or MONITOR. */
  public boolean isSecret() {
    return type instanceof SecretType;
  }

  @Override
  public String toString() {
    return name;
  }
}
