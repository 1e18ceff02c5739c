package io.slotcast.broker.replication;

/**
 * What the operator wants of replication; the directives of these names.
 *
 * @param backlogBytes {@code repl-backlog-size}
 * @param backlogTtlMillis {@code repl-backlog-ttl}; 0 for ever
 * @param timeoutMillis {@code repl-timeout}
 * @param minToWrite {@code min-replicas-to-write}; 0 for none
 * @param maxLagMillis {@code min-replicas-max-lag}; 0: {@code minToWrite} is not looked at
 * @param minToAck {@code min-replicas-to-ack}; 0 for none
 * @param servesStaleData {@code replica-serve-stale-data}
 * @param maxLagBytes the hard limit of {@code client-output-buffer-limit replica}: how far a
 *     replica may stay behind before it begins anew; 0 for no limit
 */
public record ReplicationSettings(
    long backlogBytes,
    long backlogTtlMillis,
    long timeoutMillis,
    int minToWrite,
    long maxLagMillis,
    int minToAck,
    boolean servesStaleData,
    long maxLagBytes) {}
