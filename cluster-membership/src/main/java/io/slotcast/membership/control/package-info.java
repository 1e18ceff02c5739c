/**
 * What drives the register, the leases and the forming of a cluster on one node: the control-plane
 * thread, what nodes tell each other about themselves, rounds with their time-outs, renewals.
 *
 * <p>All mutable state belongs to the {@link io.slotcast.membership.control.ControlThread} unless a
 * field says otherwise.
 */
@NullMarked
package io.slotcast.membership.control;

import org.jspecify.annotations.NullMarked;
