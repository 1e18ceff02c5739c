/** What writes did, in a form that gives the same on every node: see {@link EffectStream}. */
@NullMarked
package io.slotcast.broker.effect;

import org.jspecify.annotations.NullMarked;
