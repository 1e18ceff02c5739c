/** Commands about the node as a whole. */
@NullMarked
package io.slotcast.broker.command.server;

import org.jspecify.annotations.NullMarked;
