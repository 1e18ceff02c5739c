/** The cluster as this node sees it: the topology it routes by, and how it names other nodes. */
@NullMarked
package io.slotcast.broker.cluster;

import org.jspecify.annotations.NullMarked;
