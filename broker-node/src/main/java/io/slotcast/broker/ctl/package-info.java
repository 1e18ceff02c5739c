/** {@code slotcast ctl}: what an operator asks of a running cluster, over the client protocol. */
@NullMarked
package io.slotcast.broker.ctl;

import org.jspecify.annotations.NullMarked;
