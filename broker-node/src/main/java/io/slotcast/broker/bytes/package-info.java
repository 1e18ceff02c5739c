/** Keys, channels, patterns and numbers as bytes, without a detour over String. */
@NullMarked
package io.slotcast.broker.bytes;

import org.jspecify.annotations.NullMarked;
