package io.tailrace.operators.discovery;

/**
 * Where traces begin.
 *
 * @param endpointName of the earliest server or producer span of a trace
 */
public record RootEndpoint(String endpointName, String serviceName, String category)
        implements Named {

    @Override
    public Entity entity() {
        return Entity.ROOT_ENDPOINT;
    }

    @Override
    public String owner() {
        return serviceName;
    }

    @Override
    public RootEndpoint withEndpointName(String name) {
        return new RootEndpoint(name, serviceName, category);
    }
}
