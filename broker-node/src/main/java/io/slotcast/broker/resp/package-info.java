/** The wire format: requests parsed in place, replies written in RESP2 or RESP3. */
@NullMarked
package io.slotcast.broker.resp;

import org.jspecify.annotations.NullMarked;
