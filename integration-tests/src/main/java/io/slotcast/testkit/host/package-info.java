/**
 * Hosts that a test makes for its nodes: a network that it can cut, clocks that it can pause. Linux
 * alone.
 */
@NullMarked
package io.slotcast.testkit.host;

import org.jspecify.annotations.NullMarked;
