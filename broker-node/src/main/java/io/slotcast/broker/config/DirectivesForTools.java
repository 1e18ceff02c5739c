package io.slotcast.broker.config;

import static io.slotcast.broker.config.Section.KEPT_FOR_TOOLS;

/** Directives that have no meaning here but that tools and existing files set and read. */
final class DirectivesForTools {
  private DirectivesForTools() {}

  static void addTo(DirectiveTable table) {
    table.runTime(
        KEPT_FOR_TOOLS, "appendonly", DirectiveTable.yesNo(), false, "The append-only file.");
  }
}
