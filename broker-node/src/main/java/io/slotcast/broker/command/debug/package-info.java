/** DEBUG: what tests ask of a node, and clients should not. */
@NullMarked
package io.slotcast.broker.command.debug;

import org.jspecify.annotations.NullMarked;
