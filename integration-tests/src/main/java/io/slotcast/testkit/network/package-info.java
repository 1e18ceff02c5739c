/** Networks that a test makes for its nodes, and cuts. Linux, as root. */
@NullMarked
package io.slotcast.testkit.network;

import org.jspecify.annotations.NullMarked;
