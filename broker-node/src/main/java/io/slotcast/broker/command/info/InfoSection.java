package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;

/** One section of INFO. */
interface InfoSection {
  /** As its heading prints it; asked for in any case of letters. */
  String title();

  /** When a section is shown without being named. */
  Shown shown();

  void write(InfoLines lines, Call call);

  /** What INFO must have been asked for. */
  enum Shown {
    /** Nothing, {@code default}, {@code all} or {@code everything}. */
    BY_DEFAULT,
    /** {@code all} or {@code everything}. */
    WITH_ALL,
    /** {@code everything}, or {@code default}. */
    NOT_WITH_ALL
  }
}
