/** What tests of clusters need: clusters inside a test or in processes of their own, raw RESP. */
@NullMarked
package io.slotcast.testkit;

import org.jspecify.annotations.NullMarked;
