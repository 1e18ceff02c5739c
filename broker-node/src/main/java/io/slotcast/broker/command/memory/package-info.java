/** MEMORY: what takes how much. */
@NullMarked
package io.slotcast.broker.command.memory;

import org.jspecify.annotations.NullMarked;
