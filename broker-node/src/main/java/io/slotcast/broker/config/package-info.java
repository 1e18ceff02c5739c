/**
 * What an operator may set: one table of directives, with the names and printed forms of Redis 7's
 * configuration where Redis has them.
 *
 * <p>Start with {@link io.slotcast.broker.config.Directives}, the table; {@link
 * io.slotcast.broker.config.ServerConfig} holds one node's values.
 */
@NullMarked
package io.slotcast.broker.config;

import org.jspecify.annotations.NullMarked;
