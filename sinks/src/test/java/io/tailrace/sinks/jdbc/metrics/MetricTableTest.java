package io.tailrace.sinks.jdbc.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.MetricRow;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.sinks.jdbc.WriterHarness;
import io.tailrace.sinks.jdbc.schema.SchemaMigration;
import io.tailrace.sinks.metrics.MetricRowFormat;
import io.tailrace.sinks.metrics.RandomMetrics;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** A row says of a series what its JSON says, and is there once. */
@ExtendWith(PostgresExtension.class)
class MetricTableTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration MONTH = Duration.ofDays(30);
    private static final long MINUTE = 60_000;

    /** A minute before the end of a day. */
    private static final long TIME =
            OffsetDateTime.parse("2026-08-01T23:59:00Z").toInstant().toEpochMilli();

    private PostgresDatabase database;

    @BeforeEach
    void migrate(PostgresDatabase fresh) throws Exception {
        database = fresh;
        SchemaMigration.run(database.asDatabase());
    }

    private WriterHarness<MetricRow> red() throws Exception {
        return new WriterHarness<>(database.settings(), new RedTable(MONTH));
    }

    private WriterHarness<MetricRow> edges() throws Exception {
        return new WriterHarness<>(database.settings(), new EdgeTable(MONTH));
    }

    private Map<String, JsonNode> rows(String view) throws Exception {
        Map<String, JsonNode> rows = new HashMap<>();
        for (String row : database.texts("select to_json(r) from %s r".formatted(view))) {
            ObjectNode json = (ObjectNode) JSON.readTree(row);
            long time =
                    OffsetDateTime.parse(json.remove("time").asText()).toInstant().toEpochMilli();
            String series = json.get("series_id").asText().replace("-", "");
            json.put("time_ms", time).put("series_id", series);
            rows.put(time + " " + series, json);
        }
        return rows;
    }

    /** All that the JSON tells is in a column of the same name. */
    private static void assertHolds(JsonNode row, MetricRow expected, String... notInTable)
            throws Exception {
        ObjectNode json = (ObjectNode) JSON.readTree(new MetricRowFormat().toBytes(expected));
        json.remove(List.of(notInTable));
        json.properties()
                .forEach(
                        member -> {
                            JsonNode value = row.get(member.getKey());
                            assertThat(value).as(member.getKey()).isNotNull();
                            if (member.getValue().isDouble()) {
                                assertThat(value.asDouble())
                                        .as(member.getKey())
                                        .isCloseTo(member.getValue().asDouble(), within(1e-9));
                            } else {
                                assertThat(value).as(member.getKey()).isEqualTo(member.getValue());
                            }
                        });
    }

    @Test
    void holdsWhatTheJsonHolds() throws Exception {
        for (boolean exponential : new boolean[] {false, true}) {
            RandomMetrics random = new RandomMetrics(3, exponential);
            Map<String, MetricRow> spans = new HashMap<>();
            Map<String, MetricRow> edges = new HashMap<>();
            try (WriterHarness<MetricRow> red = red();
                    WriterHarness<MetricRow> edge = edges()) {
                for (int i = 0; i < 200; i++) {
                    long time = TIME + i % 5 * MINUTE;
                    Series calls = RandomMetrics.edge("web" + i, exponential + " cart");
                    Series service = RandomMetrics.spans("cart" + i, exponential + " /cart");
                    for (Series series : List.of(calls, service)) {
                        MetricRow row = random.row(series, time, i);
                        (series.equals(calls) ? edges : spans)
                                .put(time + " " + series.id().hex(), row);
                        // Each table takes those of its kind.
                        red.write(row);
                        edge.write(row);
                    }
                }
                red.checkpoint();
                edge.checkpoint();
                assertThat(red.metric("rows_written")).isEqualTo(200);
                assertThat(edge.metric("rows_written")).isEqualTo(200);
            }
            Map<String, JsonNode> found = rows("apm_metric_red_ratios");
            assertThat(found).containsOnlyKeys(spans.keySet());
            for (Map.Entry<String, MetricRow> each : spans.entrySet()) {
                assertHolds(found.get(each.getKey()), each.getValue());
            }
            found = rows("apm_metric_edge_ratios");
            assertThat(found).containsOnlyKeys(edges.keySet());
            for (Map.Entry<String, MetricRow> each : edges.entrySet()) {
                assertHolds(
                        found.get(each.getKey()),
                        each.getValue(),
                        "satisfied_count",
                        "tolerating_count",
                        "frustrated_count",
                        "call_count",
                        "request_count",
                        "apdex");
            }
            database.execute("truncate apm_metric_red, apm_metric_edge");
        }
    }

    @Test
    void hasColumnsForTheUsualQuestions() throws Exception {
        List<Dimension> bk =
                List.of(
                        new Dimension("service_name", "cart"),
                        new Dimension("span_name", "GET"),
                        new Dimension("kind", "2"));
        RandomMetrics random = new RandomMetrics(1, false);
        try (WriterHarness<MetricRow> red = red();
                WriterHarness<MetricRow> edge = edges()) {
            red.write(
                    random.row(
                            Series.of(SeriesKind.SPANS, RandomMetrics.SHOP, "cart", bk), TIME, 0));
            red.write(random.row(RandomMetrics.spans("web", "POST"), TIME, 0));
            edge.write(random.row(RandomMetrics.edge("web", "cart"), TIME, 0));
            red.checkpoint();
            edge.checkpoint();
        }
        assertThat(
                        database.texts(
                                "select concat_ws(' ', service_name, span_name, span_kind) from apm_metric_red"))
                .containsExactlyInAnyOrder("cart GET 2", "web POST SPAN_KIND_SERVER");
        assertThat(
                        database.texts(
                                "select concat_ws(' ', client, server, connection_type) from apm_metric_edge"))
                .containsExactly("web cart messaging_system");
    }

    @Test
    void aRatioOfNothingIsNull() throws Exception {
        RandomMetrics random = new RandomMetrics(1, false);
        Series series = RandomMetrics.edge("web", "db");
        try (WriterHarness<MetricRow> edge = edges()) {
            var nothing = random.totals(SeriesKind.EDGES, 0);
            edge.write(new MetricRow(series, TIME, 0, TIME, nothing, nothing));
            edge.checkpoint();
        }
        assertThat(
                        database.texts(
                                "select concat(avg_duration_us, client_avg_duration_us, error_rate)"
                                        + " from apm_metric_edge_ratios"))
                .containsExactly("");
    }

    /** Failures at any place, with what comes again after them, leave what one run leaves. */
    @Test
    void replaysChangeNothing() throws Exception {
        for (long seed = 1; seed <= 5; seed++) {
            Random dice = new Random(seed);
            RandomMetrics random = new RandomMetrics(seed, false);
            List<MetricRow> stream = new ArrayList<>();
            Map<String, MetricRow> last = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                Series series = RandomMetrics.spans("s" + dice.nextInt(5), "n" + dice.nextInt(4));
                MetricRow row =
                        random.row(series, TIME + dice.nextInt(4) * MINUTE, dice.nextInt(3));
                stream.add(row);
                last.put(row.windowStart() + " " + series.id().hex(), row);
            }
            int checkpoint = 0;
            while (checkpoint < stream.size()) {
                // A life ends somewhere behind its last checkpoint, which it may not have reached.
                try (WriterHarness<MetricRow> red = red()) {
                    int end = Math.min(stream.size(), checkpoint + 1 + dice.nextInt(120));
                    for (int i = checkpoint; i < end; i++) {
                        red.write(stream.get(i));
                        if (dice.nextInt(20) == 0) {
                            red.checkpoint();
                        }
                    }
                    if (dice.nextBoolean()) {
                        red.checkpoint();
                        checkpoint = end;
                    }
                }
            }
            Map<String, JsonNode> found = rows("apm_metric_red_ratios");
            assertThat(found).as("seed %d", seed).containsOnlyKeys(last.keySet());
            for (Map.Entry<String, MetricRow> each : last.entrySet()) {
                assertHolds(found.get(each.getKey()), each.getValue());
            }
            database.execute("truncate apm_metric_red");
        }
    }

    private Set<String> partitions() throws Exception {
        return new TreeSet<>(
                database.texts(
                        "select relname from pg_inherits join pg_class on oid = inhrelid"
                                + " where inhparent = 'apm_metric_red'::regclass"));
    }

    @Test
    void makesTheDaysThatItWritesIntoAndTheNext() throws Exception {
        RandomMetrics random = new RandomMetrics(1, false);
        Series series = RandomMetrics.spans("a", "b");
        try (WriterHarness<MetricRow> red = red()) {
            assertThat(partitions()).isEmpty();
            red.write(random.row(series, TIME, 0));
            red.checkpoint();
            assertThat(partitions())
                    .containsExactly("apm_metric_red_p20260801", "apm_metric_red_p20260802");
            assertThat(database.number("select count(*) from apm_metric_red_p20260801"))
                    .isEqualTo(1);
            red.write(random.row(series, TIME + MINUTE, 0));
            red.checkpoint();
            assertThat(partitions()).as("made ahead").hasSize(2);
            assertThat(database.number("select count(*) from apm_metric_red_p20260802"))
                    .isEqualTo(1);
            // Before 1970 days are floors too.
            red.write(random.row(series, -1, 0));
            red.checkpoint();
            assertThat(partitions()).contains("apm_metric_red_p19691231");
            assertThat(red.metric("partitions_made")).isEqualTo(4);
        }
    }

    @Test
    void manyWritersMakeADayTogether() throws Exception {
        RandomMetrics random = new RandomMetrics(1, false);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 6; i++) {
            MetricRow row = random.row(RandomMetrics.spans("s" + i, "n"), TIME, 0);
            int subtask = i;
            Thread thread =
                    new Thread(
                            () -> {
                                try (WriterHarness<MetricRow> red =
                                        new WriterHarness<>(
                                                database.settings(),
                                                new RedTable(MONTH),
                                                6,
                                                subtask)) {
                                    red.write(row);
                                    red.checkpoint();
                                } catch (Exception failure) {
                                    failures.add(failure);
                                }
                            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(database.number("select count(*) from apm_metric_red")).isEqualTo(6);
        assertThat(partitions()).hasSize(2);
    }
}
