package io.slotcast.broker.pubsub;

/**
 * A channel and a payload, as two slices of one array: of a client's request, or of a peer's frame.
 * A view, valid for the call that it is handed to.
 */
public record Message(
    byte[] array, int channelOffset, int channelLength, int payloadOffset, int payloadLength) {}
