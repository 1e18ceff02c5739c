/** HSET, HGET and the other commands on hashes. */
@NullMarked
package io.slotcast.broker.command.hash;

import org.jspecify.annotations.NullMarked;
