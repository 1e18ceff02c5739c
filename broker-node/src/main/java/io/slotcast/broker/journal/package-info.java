/**
 * What a node keeps on disk, in Redis' formats: snapshots of all keys, and the journal of effects
 * with its manifest. Everything here happens on threads of its own: an event loop never waits for
 * the disk.
 */
@NullMarked
package io.slotcast.broker.journal;

import org.jspecify.annotations.NullMarked;
