package io.tailrace.jobs.testing;

import io.tailrace.operators.discovery.Endpoint;
import io.tailrace.operators.discovery.Entity;
import io.tailrace.operators.discovery.Host;
import io.tailrace.operators.discovery.Instance;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.Relation;
import io.tailrace.operators.discovery.RemoteServiceRelation;
import io.tailrace.operators.discovery.RootEndpoint;
import io.tailrace.operators.discovery.Sdk;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.TopoNode;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresServer;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Map.entry;

/** The tables of an inventory, each row as one text; and what rows are to be there. */
public final class InventoryRows {

    /** Of each table the columns, but for times; lists are written with spaces as jsonb is. */
    private static final Map<Entity, List<String>> COLUMNS =
            Map.ofEntries(
                    entry(
                            Entity.TOPO_NODE,
                            List.of(
                                    "topo_key",
                                    "kind",
                                    "category",
                                    "predicate_value",
                                    "language",
                                    "system",
                                    "platform",
                                    "sdk")),
                    entry(
                            Entity.ENDPOINT,
                            List.of(
                                    "endpoint_name",
                                    "service_name",
                                    "category_id",
                                    "category_kind_key",
                                    "category_kind_value",
                                    "span_kind")),
                    entry(
                            Entity.ROOT_ENDPOINT,
                            List.of("endpoint_name", "service_name", "category_id")),
                    entry(Entity.HOST, List.of("bk_cloud_id", "bk_host_id", "ip", "topo_node_key")),
                    entry(
                            Entity.INSTANCE,
                            List.of(
                                    "topo_node_key",
                                    "instance_id",
                                    "instance_topo_kind",
                                    "component_instance_category",
                                    "component_instance_predicate_value",
                                    "sdk_name",
                                    "sdk_version",
                                    "sdk_language")),
                    entry(
                            Entity.RELATION,
                            List.of(
                                    "from_topo_key",
                                    "to_topo_key",
                                    "kind",
                                    "to_topo_key_kind",
                                    "to_topo_key_category")),
                    entry(
                            Entity.REMOTE_SERVICE_RELATION,
                            List.of("topo_node_key", "from_endpoint_name", "category")));

    private InventoryRows() {}

    /** The block of a spec's sinks. */
    public static String sinks(PostgresDatabase database) {
        return """
        sinks:
          inventory:
            - jdbc: { url: "%s", user: %s, password: "${%s}", flush_interval: 100ms }
        """
                .formatted(database.url(), PostgresServer.USER, PostgresServer.PASSWORD_VARIABLE);
    }

    /** All rows, with their times in milliseconds. */
    public static List<String> of(PostgresDatabase database) throws SQLException {
        return Stream.of(Entity.values()).flatMap(each -> of(database, each, true)).toList();
    }

    /** All rows without their times. */
    public static List<String> withoutTimes(PostgresDatabase database) {
        return Stream.of(Entity.values()).flatMap(each -> of(database, each, false)).toList();
    }

    private static Stream<String> of(PostgresDatabase database, Entity entity, boolean times) {
        String columns =
                Stream.concat(Stream.of("biz_id", "app_name"), COLUMNS.get(entity).stream())
                        .map(column -> column + "::text")
                        .collect(Collectors.joining(", "));
        String seen =
                Stream.of("first_seen", "last_seen", "expires_at")
                        .map("(extract(epoch from %s) * 1000)::bigint"::formatted)
                        .collect(Collectors.joining(", "));
        try {
            return database
                    .texts(
                            "select concat_ws('|', '%s', %s%s) from apm_%s"
                                    .formatted(
                                            entity.text(),
                                            columns,
                                            times ? ", " + seen : "",
                                            entity.text()))
                    .stream();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /**
     * @param kept from when a thing was last seen until its row expires, in milliseconds
     */
    public static List<String> expected(List<Sighting> seen, long kept) {
        return seen.stream()
                .map(
                        each ->
                                "%s|%d|%d|%d"
                                        .formatted(
                                                expected(each),
                                                each.firstSeen(),
                                                each.lastSeen(),
                                                each.lastSeen() + kept))
                .toList();
    }

    public static List<String> expectedWithoutTimes(List<Sighting> seen) {
        return seen.stream().map(InventoryRows::expected).toList();
    }

    private static String expected(Sighting sighting) {
        return Stream.concat(
                        Stream.of(
                                sighting.item().entity().text(),
                                sighting.application().bizId(),
                                sighting.application().name()),
                        values(sighting.item()))
                .map(String::valueOf)
                .collect(Collectors.joining("|"));
    }

    private static Stream<Object> values(Item item) {
        if (item instanceof TopoNode node) {
            return Stream.of(
                    node.key(),
                    node.kind().text(),
                    node.category(),
                    node.predicateValue(),
                    node.language(),
                    node.systems().stream()
                            .map("\"%s\""::formatted)
                            .collect(Collectors.joining(", ", "[", "]")),
                    node.platform(),
                    node.sdks().stream()
                            .map(InventoryRows::json)
                            .collect(Collectors.joining(", ", "[", "]")));
        } else if (item instanceof Endpoint endpoint) {
            return Stream.of(
                    endpoint.endpointName(),
                    endpoint.serviceName(),
                    endpoint.category(),
                    endpoint.categoryKindKey(),
                    endpoint.categoryKindValue(),
                    endpoint.spanKind());
        } else if (item instanceof RootEndpoint root) {
            return Stream.of(root.endpointName(), root.serviceName(), root.category());
        } else if (item instanceof Host host) {
            return Stream.of(-1, -1, host.ip(), host.topoNodeKey());
        } else if (item instanceof Instance instance) {
            return Stream.of(
                    instance.topoNodeKey(),
                    instance.instanceId(),
                    instance.kind().text(),
                    instance.category(),
                    instance.predicateValue(),
                    instance.sdk().name(),
                    instance.sdk().version(),
                    instance.sdk().language());
        } else if (item instanceof Relation relation) {
            return Stream.of(
                    relation.from(),
                    relation.to(),
                    relation.asynchronous() ? "async" : "sync",
                    relation.toKind().text(),
                    relation.toCategory());
        }
        RemoteServiceRelation relation = (RemoteServiceRelation) item;
        return Stream.of(relation.topoNodeKey(), relation.endpointName(), relation.category());
    }

    /** As jsonb writes it: shorter keys first. */
    private static String json(Sdk sdk) {
        return "{\"name\": \"%s\", \"version\": \"%s\", \"language\": \"%s\"}"
                .formatted(sdk.name(), sdk.version(), sdk.language());
    }
}
