/** Slots on their way from node to node, as clients and operators see it. */
@NullMarked
package io.slotcast.it.resharding;

import org.jspecify.annotations.NullMarked;
