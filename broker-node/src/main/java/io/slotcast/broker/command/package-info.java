/** What a command is, how it is found, checked, routed and run. */
@NullMarked
package io.slotcast.broker.command;

import org.jspecify.annotations.NullMarked;
