/** CLUSTER and its subcommands: the cluster as this node sees it, in Redis' words. */
@NullMarked
package io.slotcast.broker.command.cluster;

import org.jspecify.annotations.NullMarked;
