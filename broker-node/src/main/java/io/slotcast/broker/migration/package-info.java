/** Keys and slots on their way to other nodes. */
@NullMarked
package io.slotcast.broker.migration;

import org.jspecify.annotations.NullMarked;
