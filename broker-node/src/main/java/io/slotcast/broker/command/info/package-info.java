/** INFO: the state of this node as lines of text, by sections. */
@NullMarked
package io.slotcast.broker.command.info;

import org.jspecify.annotations.NullMarked;
