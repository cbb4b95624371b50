package io.tailrace.sinks.jdbc.inventory;

import io.tailrace.operators.discovery.Entity;
import io.tailrace.operators.discovery.TopoNode;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is left of two rows of one thing, in whatever order they come and however often: the
 * earliest time it was seen first, the latest it was seen last.
 *
 * <p>A node is as the row says that was seen last. Of two that were seen last at the same time,
 * which is how a node that is seen by several spans at once grows, it is what {@code
 * TopoNode.merge} makes of both.
 *
 * <p>What is known of a host beside its spans is never lost to a row that knows less. Of two it is
 * what was known when the host was seen last; there are columns for that time, for a row may be
 * newer and know nothing. An agent is lost and found between two spans, and only the order of rows
 * tells which came later: of two at the same time what is written last holds.
 */
final class InventoryConflict {

    private static final String TIMES =
            """
            first_seen = least(present.first_seen, excluded.first_seen),
            last_seen = greatest(present.last_seen, excluded.last_seen),
            expires_at = greatest(present.expires_at, excluded.expires_at)
            """;

    private static final String TOLD_BY_EXCLUDED =
            """
            excluded.last_seen > present.last_seen
            or excluded.last_seen = present.last_seen
            and (excluded.category_rule, excluded.kind collate "C",
                excluded.category collate "C", excluded.predicate_value collate "C")
            < (present.category_rule, present.kind collate "C",
                present.category collate "C", present.predicate_value collate "C")
            """;

    /** Of two texts the first by alphabet that is not empty. */
    private static final String FIRST_TEXT =
            """
            coalesce(least(nullif(present.%1$s, '') collate "C",
                nullif(excluded.%1$s, '') collate "C"), '')
            """;

    /** As many as a node lists. */
    private static final String FIRST_SYSTEMS =
            """
            (select coalesce(jsonb_agg(each order by each collate "C"), '[]') from (
                select each from (
                    select jsonb_array_elements_text(present.system)
                    union
                    select jsonb_array_elements_text(excluded.system)
                ) as every (each) order by each collate "C" limit %d
            ) as listed)
            """
                    .formatted(TopoNode.MOST_LISTED);

    private static final String FIRST_SDKS =
            """
            (select coalesce(jsonb_agg(each order by name, version, language), '[]') from (
                select each, each ->> 'name' collate "C" as name,
                    each ->> 'version' collate "C" as version,
                    each ->> 'language' collate "C" as language
                from (
                    select jsonb_array_elements(present.sdk)
                    union
                    select jsonb_array_elements(excluded.sdk)
                ) as every (each) order by name, version, language limit %d
            ) as listed)
            """
                    .formatted(TopoNode.MOST_LISTED);

    private static final String KNOWN_BY_EXCLUDED =
            """
            ((excluded.bk_cloud_id <> -1)::integer + (excluded.bk_host_id <> -1)::integer,
                excluded.ids_as_of, excluded.bk_cloud_id, excluded.bk_host_id)
            > ((present.bk_cloud_id <> -1)::integer + (present.bk_host_id <> -1)::integer,
                present.ids_as_of, present.bk_cloud_id, present.bk_host_id)
            """;

    private static final String AGENT_BY_EXCLUDED =
            """
            excluded.agent_alive is not null and (present.agent_alive is null
                or excluded.agent_as_of >= present.agent_as_of)
            """;

    private InventoryConflict() {}

    static String update(Entity entity) {
        return "do update set "
                + Stream.concat(columns(entity), Stream.of(TIMES)).collect(Collectors.joining(","));
    }

    private static Stream<String> columns(Entity entity) {
        return switch (entity) {
            case TOPO_NODE -> ofNodes();
            case HOST ->
                    Stream.concat(
                            either(
                                    KNOWN_BY_EXCLUDED,
                                    List.of("bk_cloud_id", "bk_host_id", "ids_as_of")),
                            either(AGENT_BY_EXCLUDED, List.of("agent_alive", "agent_as_of")));
            case ENDPOINT, ROOT_ENDPOINT, INSTANCE, RELATION, REMOTE_SERVICE_RELATION ->
                    Stream.empty();
        };
    }

    private static Stream<String> ofNodes() {
        return Stream.concat(
                either(
                        TOLD_BY_EXCLUDED,
                        List.of("category_rule", "kind", "category", "predicate_value")),
                Stream.of(
                        newer("language", FIRST_TEXT.formatted("language")),
                        newer("platform", FIRST_TEXT.formatted("platform")),
                        newer("system", FIRST_SYSTEMS),
                        newer("sdk", FIRST_SDKS)));
    }

    /** The new row's values on a condition, else those that are there. */
    private static Stream<String> either(String condition, List<String> columns) {
        return columns.stream()
                .map(
                        column ->
                                "%1$s = case when %2$s then excluded.%1$s else present.%1$s end"
                                        .formatted(column, condition));
    }

    /** The value of the row that was seen last. */
    private static String newer(String column, String atTheSameTime) {
        return """
                %1$s = case
                    when excluded.last_seen > present.last_seen then excluded.%1$s
                    when excluded.last_seen < present.last_seen then present.%1$s
                    else %2$s
                end
                """
                .formatted(column, atTheSameTime);
    }
}
