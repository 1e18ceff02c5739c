/** Scripts and functions: none yet, but tools that clean up ask for them. */
@NullMarked
package io.slotcast.broker.command.scripting;

import org.jspecify.annotations.NullMarked;
