/** SET, GET and the other commands on strings. */
@NullMarked
package io.slotcast.broker.command.string;

import org.jspecify.annotations.NullMarked;
