package io.tailrace.demo;

import io.tailrace.demo.screen.Picture.BurstFigures;
import io.tailrace.demo.screen.Picture.Found;
import io.tailrace.demo.screen.Picture.ServiceFigures;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the pipeline has in PostgreSQL, asked for as anybody could. */
final class Written {

    private static final int SLOT_MILLIS = 2_000;
    private static final int SLOTS = 30;
    private static final int LATELY_MILLIS = 30_000;
    private static final double MOST = 0.95;

    private static final String KEPT =
            """
            select policy, count(*) from apm_sampling_decision
            where trigger <> 'late' and policy is not null group by policy
            """;

    private static final String NOT_KEPT =
            "select count(*) from apm_sampling_decision where trigger <> 'late' and policy is null";

    /** Which traces failed is not asked of the pipeline, but of who sent them. */
    private static final String IN_BURST =
            """
            with decided as (
                select policy is not null as kept, failed.id is not null as failed,
                    first_seen_ms >= ? and first_seen_ms < ? as began
                from apm_sampling_decision left join unnest(?::text[]) failed (id)
                    on failed.id = trace_id
                where trigger <> 'late'
            )
            select
                count(*) filter (where failed),
                count(*) filter (where failed and kept),
                count(*) filter (where began and not failed),
                count(*) filter (where began and not failed and kept)
            from decided
            """;

    private static final String FOR_ERRORS =
            """
            select (first_seen_ms - ?) / ?, count(*) from apm_sampling_decision
            where trigger <> 'late' and policy = 'errors' and first_seen_ms >= ? group by 1
            """;

    /** Calls as their callees saw them: kinds 2 and 5, servers and consumers. */
    private static final String SERVICES =
            """
            select service_name, sum(count), sum(error_count), sum(sum_duration_us),
                array(
                    select sum(counted.bucket)
                    from apm_metric_red of_service,
                        unnest(of_service.buckets) with ordinality counted (bucket, place)
                    where of_service.service_name = red.service_name
                        and of_service.span_kind in ('2', '5') and of_service.time >= lately.begin
                    group by counted.place order by counted.place),
                min(bucket_bounds),
                greatest(1, extract(epoch from max(time) - min(time) + interval '5 seconds'))
            from apm_metric_red red,
                (select max(time) - ? * interval '1 millisecond' as begin from apm_metric_red) lately
            where span_kind in ('2', '5') and time >= lately.begin
            group by service_name, lately.begin
            """;

    private static final String THINGS =
            """
            select 'services', count(*) from apm_topo_node where kind = 'service'
            union all select 'components', count(*) from apm_topo_node where kind = 'component'
            union all select 'endpoints', count(*) from apm_endpoint
            union all select 'hosts', count(*) from apm_host
            union all select 'instances', count(*) from apm_instance
            union all select 'relations', count(*) from apm_relation
            """;

    private static final String FOUND =
            """
            select what, (extract(epoch from first_seen) * 1000)::bigint from (
                select kind || ' ' || topo_key as what, first_seen from apm_topo_node
                union all
                select 'endpoint ' || endpoint_name || ' of ' || service_name, first_seen
                from apm_endpoint
                union all
                select from_topo_key || ' calls ' || to_topo_key, first_seen from apm_relation
                union all
                select 'instance ' || instance_id || ' of ' || topo_node_key, first_seen
                from apm_instance
            ) things order by first_seen desc, what limit 3
            """;

    private final Connection database;
    private final List<String> policies;
    private final long start;

    /**
     * @param policies their names
     * @param start of the traffic, milliseconds since the epoch
     */
    Written(Connection database, List<String> policies, long start) {
        this.database = database;
        this.policies = policies;
        this.start = start;
    }

    /** Makes something of a row. */
    @FunctionalInterface
    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> all(String query, Row<T> row, Object... arguments) throws SQLException {
        List<T> all = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(row.read(rows));
                }
            }
        }
        return all;
    }

    private Map<String, Long> counts(String query) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        all(query, row -> counts.put(row.getString(1), row.getLong(2)));
        return counts;
    }

    /** Traces by the policy that kept them, in the order of the policies. */
    Map<String, Long> keptBy() throws SQLException {
        Map<String, Long> counts = counts(KEPT);
        Map<String, Long> inOrder = new LinkedHashMap<>();
        policies.forEach(each -> inOrder.put(each, counts.getOrDefault(each, 0L)));
        return inOrder;
    }

    /** Traces. */
    long notKept() throws SQLException {
        return all(NOT_KEPT, row -> row.getLong(1)).get(0);
    }

    /** Of services, components and so on; none while there is none. */
    Map<String, Long> things() throws SQLException {
        Map<String, Long> things = counts(THINGS);
        things.values().removeIf(count -> count == 0);
        return things;
    }

    /** The newest. */
    List<Found> found() throws SQLException {
        return all(
                FOUND,
                row -> new Found(Duration.ofMillis(row.getLong(2) - start), row.getString(1)));
    }

    BurstFigures burst(FailedTraces failed, Duration elapsed) throws SQLException {
        Burst burst = failed.burst();
        long firstSlot = Math.max(0, elapsed.toMillis() / SLOT_MILLIS - SLOTS);
        Long[] slots = new Long[(int) (elapsed.toMillis() / SLOT_MILLIS - firstSlot + 1)];
        Arrays.fill(slots, 0L);
        long begin = start + firstSlot * SLOT_MILLIS;
        all(
                FOR_ERRORS,
                row -> {
                    int slot = row.getInt(1);
                    if (slot < slots.length) {
                        slots[slot] = row.getLong(2);
                    }
                    return slot;
                },
                begin,
                SLOT_MILLIS,
                begin);
        return all(
                        IN_BURST,
                        row ->
                                new BurstFigures(
                                        burst.from(),
                                        burst.until(),
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        List.of(slots)),
                        start + burst.from().toMillis(),
                        start + burst.until().toMillis(),
                        failed.ids())
                .get(0);
    }

    /** Those that were called in the last windows that are complete. */
    List<ServiceFigures> services() throws SQLException {
        return all(
                SERVICES,
                row -> {
                    long calls = row.getLong(2);
                    return new ServiceFigures(
                            row.getString(1),
                            calls / row.getDouble(7),
                            row.getLong(4) / 1000.0 / calls,
                            most(longs(row, 5), longs(row, 6), calls),
                            (double) row.getLong(3) / calls);
                },
                LATELY_MILLIS);
    }

    private static long[] longs(ResultSet row, int column) throws SQLException {
        return Arrays.stream((Object[]) row.getArray(column).getArray())
                .mapToLong(each -> ((Number) each).longValue())
                .toArray();
    }

    /** The bound, in milliseconds, of the bucket by which nearly all are counted. */
    private static double most(long[] buckets, long[] boundsMicros, long calls) {
        long counted = 0;
        for (int i = 0; i < boundsMicros.length; i++) {
            counted += buckets[i];
            if (counted >= MOST * calls) {
                return boundsMicros[i] / 1000.0;
            }
        }
        return -1;
    }
}
