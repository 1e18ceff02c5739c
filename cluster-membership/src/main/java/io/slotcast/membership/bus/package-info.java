/**
 * How control messages travel: the JGroups channel, its protocol stack, and the seal that keeps out
 * nodes without the cluster's secret. Knows nothing of what the messages say.
 */
@NullMarked
package io.slotcast.membership.bus;

import org.jspecify.annotations.NullMarked;
