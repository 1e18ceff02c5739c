package io.slotcast.broker.keyspace;

import io.slotcast.broker.effect.EffectLog;

/** What the slots of a node share. */
record SlotContext(
    ExpirySchedule schedule,
    EffectLog effects,
    KeyEvents events,
    Wakeups wakeups,
    KeyUse use,
    KeyMemory memory) {}
