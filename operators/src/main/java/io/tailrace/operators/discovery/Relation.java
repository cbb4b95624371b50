package io.tailrace.operators.discovery;

/**
 * One node calls another.
 *
 * @param from the caller's topology key
 * @param to the callee's
 * @param asynchronous whether the caller does not wait: messages and links between traces
 */
public record Relation(
        String from, String to, boolean asynchronous, NodeKind toKind, String toCategory)
        implements Item {

    @Override
    public Entity entity() {
        return Entity.RELATION;
    }
}
