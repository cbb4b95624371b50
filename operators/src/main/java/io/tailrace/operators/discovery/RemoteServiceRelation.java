package io.tailrace.operators.discovery;

/**
 * An endpoint calls a remote service.
 *
 * @param topoNodeKey the remote service's
 * @param endpointName of the span within which it is called
 */
public record RemoteServiceRelation(String topoNodeKey, String endpointName, String category)
        implements Named {

    @Override
    public Entity entity() {
        return Entity.REMOTE_SERVICE_RELATION;
    }

    @Override
    public String owner() {
        return topoNodeKey;
    }

    @Override
    public RemoteServiceRelation withEndpointName(String name) {
        return new RemoteServiceRelation(topoNodeKey, name, category);
    }
}
