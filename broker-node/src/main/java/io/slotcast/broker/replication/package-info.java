/**
 * Replicas follow their primary: its stream of effects, after an image of each slot where they have
 * nothing to go on from. See docs/adr/0011.
 */
@NullMarked
package io.slotcast.broker.replication;

import org.jspecify.annotations.NullMarked;
