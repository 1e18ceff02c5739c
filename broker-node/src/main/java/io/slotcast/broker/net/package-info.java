/** Event loops, connections, and when their output is flushed. */
@NullMarked
package io.slotcast.broker.net;

import org.jspecify.annotations.NullMarked;
