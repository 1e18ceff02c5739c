/** What operators see of a node over HTTP: metrics and health. */
@NullMarked
package io.slotcast.broker.admin;

import org.jspecify.annotations.NullMarked;
