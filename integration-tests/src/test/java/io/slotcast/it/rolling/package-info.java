/** What applications see of a cluster whose nodes are restarted one after the other. */
@NullMarked
package io.slotcast.it.rolling;

import org.jspecify.annotations.NullMarked;
