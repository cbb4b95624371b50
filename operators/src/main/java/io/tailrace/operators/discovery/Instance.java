package io.tailrace.operators.discovery;

/**
 * A process of a service, or a component as it is reached.
 *
 * @param topoNodeKey the service, or the component's key
 * @param instanceId of a component its system, peer name, ip and port, joined by colons
 * @param sdk with empty texts for a component
 */
public record Instance(
        String topoNodeKey,
        String instanceId,
        NodeKind kind,
        String category,
        String predicateValue,
        Sdk sdk)
        implements Item {

    @Override
    public Entity entity() {
        return Entity.INSTANCE;
    }
}
