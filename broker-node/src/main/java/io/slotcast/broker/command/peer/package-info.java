/** Commands that only other nodes send. */
@NullMarked
package io.slotcast.broker.command.peer;

import org.jspecify.annotations.NullMarked;
