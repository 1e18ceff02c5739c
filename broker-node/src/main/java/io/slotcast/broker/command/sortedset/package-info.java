/** ZADD, ZRANGE and the other commands on sorted sets. */
@NullMarked
package io.slotcast.broker.command.sortedset;

import org.jspecify.annotations.NullMarked;
