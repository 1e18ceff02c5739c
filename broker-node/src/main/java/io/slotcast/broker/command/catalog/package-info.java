/** COMMAND and its subcommands: what the table of commands says of itself. */
@NullMarked
package io.slotcast.broker.command.catalog;

import org.jspecify.annotations.NullMarked;
