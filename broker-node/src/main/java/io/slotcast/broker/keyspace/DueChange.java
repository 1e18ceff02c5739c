package io.slotcast.broker.keyspace;

import org.jspecify.annotations.Nullable;

/**
 * A change of a value that came about by the clock: see {@link Value#doDue}.
 *
 * @param effect as a command; not to be changed
 * @param event what those who listen to key events are told; null for nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DueChange(byte[][] effect, @Nullable KeyEvent event) {}
