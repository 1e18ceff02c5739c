/**
 * Leases, under which alone a primary serves its slots: {@link
 * io.slotcast.membership.lease.LeaseHolder} at the primary, {@link
 * io.slotcast.membership.lease.GrantTable} at each voter. Rules 9 to 12 of {@code
 * docs/adr/0001-topology-register.md}; threads and times as in {@link
 * io.slotcast.membership.register}.
 */
@NullMarked
package io.slotcast.membership.lease;

import org.jspecify.annotations.NullMarked;
