package io.slotcast.broker.config;

/** One pair of {@code save}: a snapshot after so many seconds with at least so many changes. */
public record SavePoint(long seconds, int changes) {}
