package io.slotcast.broker.keyspace;

import io.slotcast.broker.effect.EffectStream;

/** What the slots of a node share. */
record SlotContext(
    ExpirySchedule schedule,
    EffectStream effects,
    KeyEvents events,
    Wakeups wakeups,
    KeyUse use,
    KeyMemory memory) {}
