package io.slotcast.broker.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Rows for a terminal: aligned columns, each as wide as it needs to be. For one thread. */
public final class TextTable {
  private static final String GAP = "  ";

  private final boolean[] isText;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param headings of the columns; those of text begin with {@code <}, which is not shown, and are
   *     aligned to the left
   */
  public TextTable(String... headings) {
    isText = new boolean[headings.length];
    for (int i = 0; i < headings.length; i++) {
      isText[i] = headings[i].startsWith("<");
    }
    row(Arrays.stream(headings).map(TextTable::withoutMark).toList());
  }

  private static String withoutMark(String heading) {
    return heading.startsWith("<") ? heading.substring(1) : heading;
  }

  /** Adds a row, of as many cells as there are headings; an empty one is shown as a dash. */
  public void row(List<String> cells) {
    if (cells.size() != isText.length) {
      throw new IllegalArgumentException(cells.size() + " cells for " + isText.length);
    }
    rows.add(cells.stream().map(cell -> cell.isEmpty() ? "-" : cell).toList());
  }

  /** All rows, the headings first, each with a line end. */
  @Override
  public String toString() {
    int[] widths = new int[isText.length];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String format = (isText[i] ? "%-" : "%") + widths[i] + "s" + GAP;
        line.append(String.format(Locale.ROOT, format, row.get(i)));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
