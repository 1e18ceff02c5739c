package io.slotcast.broker.replication;

import io.slotcast.router.NodeId;

/**
 * How far a replica of this node is, as it last said.
 *
 * @param online whether it has all there was when it came
 * @param offset up to which it has the stream
 * @param durableOffset up to which its disk has the stream
 * @param silentMillis since when it has said nothing
 */
public record ReplicaStatus(
    NodeId node, boolean online, long offset, long durableOffset, long silentMillis) {}
