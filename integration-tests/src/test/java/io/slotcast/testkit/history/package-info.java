/** Histories that are as they must be, and histories that must be refused. */
@NullMarked
package io.slotcast.testkit.history;

import org.jspecify.annotations.NullMarked;
