/** Tests of whole clusters, by real clients and over raw sockets. */
@NullMarked
package io.slotcast.it;

import org.jspecify.annotations.NullMarked;
