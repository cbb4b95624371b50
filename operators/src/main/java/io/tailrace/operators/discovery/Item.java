package io.tailrace.operators.discovery;

import io.tailrace.operators.serialization.ValueTypeInformation;

/**
 * A thing in an inventory. What tells it apart, within its application and entity, is its {@link
 * #identity}; all else may be seen differently by different spans, and {@link #merge} makes one of
 * two, the same in whatever order they come and however often.
 */
public sealed interface Item permits TopoNode, Host, Instance, Relation, Named {

    ValueTypeInformation<Item> TYPE = new ValueTypeInformation<>(Item.class, new ItemSerializer());

    Entity entity();

    /** What tells it apart: equal for two that are the same thing, never the same for others. */
    default Item identity() {
        return this;
    }

    /**
     * @param other of the same identity
     */
    default Item merge(Item other) {
        return this;
    }
}
