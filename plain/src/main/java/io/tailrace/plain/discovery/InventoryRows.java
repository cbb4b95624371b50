package io.tailrace.plain.discovery;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Map.entry;

/** The tables of an inventory, each row as one text. */
public final class InventoryRows {

    /** Of each table the columns, but for application and times. */
    private static final Map<String, List<String>> COLUMNS =
            Map.ofEntries(
                    entry(
                            "topo_node",
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
                            "endpoint",
                            List.of(
                                    "endpoint_name",
                                    "service_name",
                                    "category_id",
                                    "category_kind_key",
                                    "category_kind_value",
                                    "span_kind")),
                    entry("root_endpoint", List.of("endpoint_name", "service_name", "category_id")),
                    entry("host", List.of("bk_cloud_id", "bk_host_id", "ip", "topo_node_key")),
                    entry(
                            "instance",
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
                            "relation",
                            List.of(
                                    "from_topo_key",
                                    "to_topo_key",
                                    "kind",
                                    "to_topo_key_kind",
                                    "to_topo_key_category")),
                    entry(
                            "remote_service_relation",
                            List.of("topo_node_key", "from_endpoint_name", "category")));

    private InventoryRows() {}

    /** All rows, with their times in milliseconds. */
    public static List<String> of(Connection connection) throws SQLException {
        return of(connection, true);
    }

    /** All rows without their times. */
    public static List<String> withoutTimes(Connection connection) throws SQLException {
        return of(connection, false);
    }

    private static List<String> of(Connection connection, boolean times) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String entity : COLUMNS.keySet()) {
                try (ResultSet rows = statement.executeQuery(query(entity, times))) {
                    while (rows.next()) {
                        texts.add(rows.getString(1));
                    }
                }
            }
        }
        return texts;
    }

    private static String query(String entity, boolean times) {
        String columns =
                Stream.concat(Stream.of("biz_id", "app_name"), COLUMNS.get(entity).stream())
                        .map(column -> column + "::text")
                        .collect(Collectors.joining(", "));
        String seen =
                Stream.of("first_seen", "last_seen", "expires_at")
                        .map("(extract(epoch from %s) * 1000)::bigint"::formatted)
                        .collect(Collectors.joining(", "));
        return "select concat_ws('|', '%s', %s%s) from apm_%s"
                .formatted(entity, columns, times ? ", " + seen : "", entity);
    }
}
