/** Snapshots and the journal, as clients command them. */
@NullMarked
package io.slotcast.broker.command.persistence;

import org.jspecify.annotations.NullMarked;
