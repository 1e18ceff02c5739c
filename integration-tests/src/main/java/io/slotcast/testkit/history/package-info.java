/**
 * What clients did and what is left of it, and whether that can be: pure, so that it can be tried
 * with histories that must be refused.
 */
@NullMarked
package io.slotcast.testkit.history;

import org.jspecify.annotations.NullMarked;
