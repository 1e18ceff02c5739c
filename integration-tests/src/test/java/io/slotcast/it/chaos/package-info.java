/** Clusters whose nodes and networks fail while clients work, and what is left of the work. */
@NullMarked
package io.slotcast.it.chaos;

import org.jspecify.annotations.NullMarked;
