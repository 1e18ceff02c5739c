/** Streams and their consumer groups. */
@NullMarked
package io.slotcast.broker.command.stream;

import org.jspecify.annotations.NullMarked;
