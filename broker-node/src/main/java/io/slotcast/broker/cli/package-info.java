/**
 * The command line: {@code server} runs one node in the foreground, {@code dev-cluster} a whole
 * cluster in one process.
 */
@NullMarked
package io.slotcast.broker.cli;

import org.jspecify.annotations.NullMarked;
