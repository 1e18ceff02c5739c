/**
 * {@code slotcast bench}: drives any server that speaks Redis Cluster's protocol as its clients do,
 * and tells what a message costs. Knows the server only through its client port.
 */
@NullMarked
package io.slotcast.broker.bench;

import org.jspecify.annotations.NullMarked;
