/** Commands about primaries and replicas. */
@NullMarked
package io.slotcast.broker.command.replication;

import org.jspecify.annotations.NullMarked;
