/** CLIENT and its subcommands: what a connection says of itself, and how others are seen. */
@NullMarked
package io.slotcast.broker.command.client;

import org.jspecify.annotations.NullMarked;
