/** SADD, SINTER and the other commands on sets. */
@NullMarked
package io.slotcast.broker.command.set;

import org.jspecify.annotations.NullMarked;
