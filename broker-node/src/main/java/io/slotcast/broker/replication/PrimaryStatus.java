package io.slotcast.broker.replication;

import io.slotcast.router.NodeId;

/**
 * How this node follows its primary.
 *
 * @param linkUp whether it follows at this moment
 * @param loading whether all keys are coming in
 * @param complete whether what is here is all that the primary's stream had made up to the offset
 * @param offset up to which this node has the stream
 * @param primaryOffset how far the primary was, as far as it has said
 * @param silentMillis since when nothing was heard of it
 * @param downMillis since when the link is down; meaningless while it is up
 */
public record PrimaryStatus(
    NodeId node,
    boolean linkUp,
    boolean loading,
    boolean complete,
    long offset,
    long primaryOffset,
    long silentMillis,
    long downMillis) {}
