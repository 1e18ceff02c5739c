/** How a cluster comes to be: who founds it, who owns what at first, and where a newcomer goes. */
@NullMarked
package io.slotcast.membership.forming;

import org.jspecify.annotations.NullMarked;
