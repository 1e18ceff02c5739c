/** What a node keeps on disk: who it is, and what it promised and accepted as a voter. */
@NullMarked
package io.slotcast.membership.folder;

import org.jspecify.annotations.NullMarked;
