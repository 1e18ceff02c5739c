/** Commands that move keys to other servers. */
@NullMarked
package io.slotcast.broker.command.migration;

import org.jspecify.annotations.NullMarked;
