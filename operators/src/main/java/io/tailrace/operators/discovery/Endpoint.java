package io.tailrace.operators.discovery;

/**
 * Something that is called, or that calls.
 *
 * @param endpointName the span's name, by templates where there are any
 * @param serviceName the service, or a remote service's key
 * @param categoryKindKey the first attribute there is of db.system, messaging.system, rpc.system,
 *     http.method and messaging.destination, under these names; else empty
 * @param categoryKindValue its value
 * @param spanKind OTLP's number, 2 to 5
 */
public record Endpoint(
        String endpointName,
        String serviceName,
        String category,
        String categoryKindKey,
        String categoryKindValue,
        int spanKind)
        implements Named {

    @Override
    public Entity entity() {
        return Entity.ENDPOINT;
    }

    @Override
    public String owner() {
        return serviceName;
    }

    @Override
    public Endpoint withEndpointName(String name) {
        return new Endpoint(
                name, serviceName, category, categoryKindKey, categoryKindValue, spanKind);
    }
}
