/** Changes to who is in the cluster and what they own, as an operator asks for them. */
@NullMarked
package io.slotcast.membership.administration;

import org.jspecify.annotations.NullMarked;
