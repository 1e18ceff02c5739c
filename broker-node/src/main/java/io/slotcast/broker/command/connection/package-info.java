/** Commands about the connection itself. */
@NullMarked
package io.slotcast.broker.command.connection;

import org.jspecify.annotations.NullMarked;
