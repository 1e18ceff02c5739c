/** What goes wrong, on a schedule of one seed, and the clients that work meanwhile. */
@NullMarked
package io.slotcast.testkit.chaos;

import org.jspecify.annotations.NullMarked;
