/** CONFIG and its subcommands, over the table of directives. */
@NullMarked
package io.slotcast.broker.command.config;

import org.jspecify.annotations.NullMarked;
