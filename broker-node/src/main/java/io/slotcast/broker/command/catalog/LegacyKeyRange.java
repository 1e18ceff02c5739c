package io.slotcast.broker.command.catalog;

import io.slotcast.broker.command.KeySpec;
import java.util.List;

/**
 * The first key, last key and step that COMMAND INFO prints for clients which know no key
 * specifications: the union of the specs that follow each other without a gap.
 *
 * @param last absolute; from the end if negative
 * @param movable whether there may be keys elsewhere, so that clients must ask COMMAND GETKEYS
 */
record LegacyKeyRange(int first, int last, int step, boolean movable) {
  private static final LegacyKeyRange NONE = new LegacyKeyRange(0, 0, 0, false);

  static LegacyKeyRange of(List<KeySpec> specs) {
    if (specs.size() == 1
        && specs.getFirst().begin() instanceof KeySpec.Begin.Index index
        && specs.getFirst().find() instanceof KeySpec.Find.Range range) {
      int last = absolute(index, range);
      boolean movable = isIncomplete(specs.getFirst());
      return new LegacyKeyRange(index.position(), last, range.step(), movable);
    }
    LegacyKeyRange union = NONE;
    for (KeySpec spec : specs) {
      union = union.with(spec);
    }
    return union;
  }

  private LegacyKeyRange with(KeySpec spec) {
    if (spec.begin() instanceof KeySpec.Begin.Index index
        && spec.find() instanceof KeySpec.Find.Range range
        && range.step() == 1
        && (last == 0 || last == index.position() - 1)) {
      int from = step == 0 ? index.position() : Math.min(first, index.position());
      int end = absolute(index, range);
      // A place counted from the end is behind all others.
      int to = Integer.compareUnsigned(last, end) > 0 ? last : end;
      return new LegacyKeyRange(from, to, 1, movable || isIncomplete(spec));
    }
    return new LegacyKeyRange(first, last, step, true);
  }

  private static int absolute(KeySpec.Begin.Index index, KeySpec.Find.Range range) {
    return range.lastKey() < 0 ? range.lastKey() : index.position() + range.lastKey();
  }

  private static boolean isIncomplete(KeySpec spec) {
    return spec.flags().contains(KeySpec.Flag.INCOMPLETE);
  }
}
