/** Commands on keys whatever they hold: DEL, EXISTS, TYPE, TTL, EXPIRE and their kin. */
@NullMarked
package io.slotcast.broker.command.generic;

import org.jspecify.annotations.NullMarked;
