/** Links between nodes that carry payloads: one connection a pair, binary frames. */
@NullMarked
package io.slotcast.broker.peer;

import org.jspecify.annotations.NullMarked;
