/** TLS on the client port. */
@NullMarked
package io.slotcast.broker.net.tls;

import org.jspecify.annotations.NullMarked;
