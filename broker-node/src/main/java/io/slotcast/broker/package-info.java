/** The broker's node: everything that one process of the cluster does, wired together here. */
@NullMarked
package io.slotcast.broker;

import org.jspecify.annotations.NullMarked;
