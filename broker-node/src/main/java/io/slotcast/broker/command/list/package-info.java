/** The list family. */
@NullMarked
package io.slotcast.broker.command.list;

import org.jspecify.annotations.NullMarked;
