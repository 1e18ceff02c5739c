/** How the tools of the command line show figures: as tables and as charts. */
@NullMarked
package io.slotcast.broker.report;

import org.jspecify.annotations.NullMarked;
