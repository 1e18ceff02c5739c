/** The transactions family: MULTI, EXEC and what belongs to them. */
@NullMarked
package io.slotcast.broker.command.transaction;

import org.jspecify.annotations.NullMarked;
