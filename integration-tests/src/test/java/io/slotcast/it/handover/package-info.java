/** What subscribers of shard channels lose, or get twice, while slots and nodes change. */
@NullMarked
package io.slotcast.it.handover;

import org.jspecify.annotations.NullMarked;
