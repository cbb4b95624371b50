package io.tailrace.plain.discovery;

import java.util.List;

/** A thing that is all in its columns. */
public record PlainRow(String entity, List<Object> columns) implements PlainItem {

    private static final int UNKNOWN = -1;

    public static PlainRow endpoint(
            String name,
            String service,
            String category,
            String categoryKindKey,
            String categoryKindValue,
            int spanKind) {
        return new PlainRow(
                "endpoint",
                List.of(name, service, category, categoryKindKey, categoryKindValue, spanKind));
    }

    public static PlainRow rootEndpoint(String name, String service, String category) {
        return new PlainRow("root_endpoint", List.of(name, service, category));
    }

    /** Of which no directory knows anything. */
    public static PlainRow host(String ip, String service) {
        return new PlainRow("host", List.of(UNKNOWN, UNKNOWN, ip, service));
    }

    public static PlainRow instance(
            String node,
            String instance,
            String kind,
            String category,
            String predicateValue,
            PlainSdk sdk) {
        return new PlainRow(
                "instance",
                List.of(
                        node,
                        instance,
                        kind,
                        category,
                        predicateValue,
                        sdk.name(),
                        sdk.version(),
                        sdk.language()));
    }

    public static PlainRow relation(
            String from, String to, boolean asynchronous, String toKind, String toCategory) {
        return new PlainRow(
                "relation", List.of(from, to, asynchronous ? "async" : "sync", toKind, toCategory));
    }

    public static PlainRow remoteServiceRelation(String node, String endpoint, String category) {
        return new PlainRow("remote_service_relation", List.of(node, endpoint, category));
    }
}
