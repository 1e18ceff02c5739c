/** A plain client of any server that speaks RESP: for the tools of the command line, and tests. */
@NullMarked
package io.slotcast.broker.client;

import org.jspecify.annotations.NullMarked;
