/** Real clients in cluster mode, against a cluster in this process and one of processes. */
@NullMarked
package io.slotcast.it.client;

import org.jspecify.annotations.NullMarked;
