/** The same bytes to Redis and to Slotcast, and what both must answer. */
@NullMarked
package io.slotcast.it.oracle;

import org.jspecify.annotations.NullMarked;
