package io.tailrace.operators.discovery;

import io.tailrace.operators.application.Application;
import io.tailrace.operators.serialization.ValueTypeInformation;

/** What limits are for, and what never touches each other: an application's things of one kind. */
public record InventoryKey(Application application, Entity entity) {

    public static final ValueTypeInformation<InventoryKey> TYPE =
            new ValueTypeInformation<>(InventoryKey.class, new InventoryKeySerializer());

    /** Decides which subtask has it, so it must never change. */
    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(application.bizId()) + application.name().hashCode())
                + entity.text().hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InventoryKey that
                && entity == that.entity
                && application.equals(that.application);
    }
}
