/** Primaries that die or give way, in processes of their own. */
@NullMarked
package io.slotcast.it.failover;

import org.jspecify.annotations.NullMarked;
