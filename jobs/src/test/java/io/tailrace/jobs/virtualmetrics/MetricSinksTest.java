package io.tailrace.jobs.virtualmetrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.MetricsSpecs;
import io.tailrace.jobs.testing.TailraceProcess;
import io.tailrace.plain.MetricRows;
import io.tailrace.sinks.remotewrite.StrictReceiver;
import io.tailrace.sinks.testing.PostgresDatabase;
import io.tailrace.sinks.testing.PostgresExtension;
import io.tailrace.sinks.testing.PostgresServer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** A user migrates a database and runs a job with every sink; all of them tell the same. */
@ExtendWith({KafkaExtension.class, PostgresExtension.class})
final class MetricSinksTest {

    private static final String CALLS = "traces.span.metrics.calls";

    private static final String TWO_AT_ONCE = "two requests at once";

    private static final String SPEC =
            """
            kind: virtual-metrics
            name: everywhere
            source: { generator: { count: 2000, paced: false, start: "%s" } }
            virtual_metrics: { naming: otel, window: 10s, wait: 1s }
            sinks:
              metrics:
                - { file: { path: rows } }
                - { jdbc: { url: "%s", user: %s, password: "${%s}", batch_rows: 100 } }
                - { prometheus_remote_write: { url: "%s" } }
                - { kafka: { topic: %s, bootstrap_servers: "%s", encoding: otlp_proto } }
                - kafka:
                    topic: %s
                    bootstrap_servers: "%s"
                    encoding: otlp_proto
                    temporality: delta
                - { kafka: { topic: %s, bootstrap_servers: "%s" } }
            """;

    @TempDir private Path folder;

    @Test
    void allSinksTellTheSame(PostgresDatabase database, KafkaBroker broker) throws Exception {
        KafkaTopic cumulative = broker.topic("cumulative", 2);
        KafkaTopic delta = broker.topic("delta", 2);
        KafkaTopic json = broker.topic("rows", 2);
        try (StrictReceiver receiver = new StrictReceiver()) {
            Path spec =
                    Files.writeString(
                            folder.resolve("spec.yaml"),
                            spec(database, broker, receiver, cumulative, delta, json));
            runToEnd("migrate", spec);
            List<String> said = runToEnd("run", spec);

            MetricRows rows = MetricsSpecs.rows(folder.resolve("rows"));
            Map<String, Long> counts = countsByService(rows.ofSpans());
            assertThat(counts).hasSizeGreaterThan(8);
            assertSummary(said, rows, counts);
            assertThat(sumsByService(lastValues(cumulative))).isEqualTo(counts);
            assertThat(sumsByService(summedValues(delta))).isEqualTo(counts);
            assertThat(json.records()).hasSize(rows.written());
            // Each of the two writers sends one request at a time.
            assertThat(receiver.faults()).allMatch(TWO_AT_ONCE::equals);
            assertThat(received(receiver)).isEqualTo(counts);
            assertTables(database, rows);
        }
    }

    private static String spec(
            PostgresDatabase database,
            KafkaBroker broker,
            StrictReceiver receiver,
            KafkaTopic cumulative,
            KafkaTopic delta,
            KafkaTopic json) {
        return SPEC.formatted(
                Instant.now().minus(Duration.ofMinutes(10)),
                database.url(),
                PostgresServer.USER,
                PostgresServer.PASSWORD_VARIABLE,
                receiver.url(),
                cumulative.name(),
                broker.address(),
                delta.name(),
                broker.address(),
                json.name(),
                broker.address());
    }

    private List<String> runToEnd(String command, Path spec) throws Exception {
        try (TailraceProcess tailrace =
                TailraceProcess.start(folder, List.of(command, spec.toString()))) {
            assertThat(tailrace.exitCode()).as("exit code after %s", tailrace.lines()).isZero();
            return tailrace.lines();
        }
    }

    private static Map<String, Long> countsByService(List<JsonNode> rows) {
        return rows.stream()
                .collect(
                        Collectors.groupingBy(
                                row -> row.get("dimensions").get("service.name").asText(),
                                TreeMap::new,
                                Collectors.summingLong(row -> row.get("count").asLong())));
    }

    private static void assertSummary(
            List<String> said, MetricRows rows, Map<String, Long> counts) {
        long spans = counts.values().stream().mapToLong(Long::longValue).sum();
        String all = String.join("\n", said);
        assertThat(all)
                .contains("Done.")
                .contains(String.format(Locale.ROOT, "counted      %,d spans", spans));
        Matcher told = Pattern.compile("rows +([0-9,]+), of these").matcher(all);
        assertThat(told.find()).as(all).isTrue();
        assertThat(told.group(1).replace(",", "")).isEqualTo(Integer.toString(rows.written()));
    }

    private static void assertTables(PostgresDatabase database, MetricRows rows) throws Exception {
        Map<String, long[]> expected = new TreeMap<>();
        for (JsonNode row : rows.ofSpans()) {
            long[] sums =
                    expected.computeIfAbsent(
                            row.get("dimensions").get("service.name").asText(), any -> new long[2]);
            sums[0] += row.get("count").asLong();
            sums[1] += row.get("error_count").asLong();
        }
        List<String> lines =
                expected.entrySet().stream()
                        .map(
                                each ->
                                        String.format(
                                                Locale.ROOT,
                                                "%s %d %d %.2f",
                                                each.getKey(),
                                                each.getValue()[0],
                                                each.getValue()[1],
                                                100.0 * each.getValue()[1] / each.getValue()[0]))
                        .toList();
        assertThat(
                        database.texts(
                                "select concat_ws(' ', service_name, spans, errors, error_percent)"
                                        + " from (%s) as answer".formatted(sqlOfReadme())))
                .containsExactlyInAnyOrderElementsOf(lines);
        assertThat(database.number("select sum(count) from apm_metric_edge"))
                .isEqualTo(
                        rows.saidOfEdges().values().stream()
                                .mapToLong(said -> (Long) said.get("count"))
                                .sum())
                .isPositive();
    }

    /** What answers the question about error rates. */
    private static String sqlOfReadme() throws IOException {
        Matcher sql =
                Pattern.compile("```sql\\n(select service_name, [^;]+);")
                        .matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(sql.find()).isTrue();
        return sql.group(1);
    }

    /** The points of calls by series, in the order of their topic. */
    private static Map<String, List<NumberDataPoint>> points(
            KafkaTopic topic, AggregationTemporality temporality) throws Exception {
        Map<String, List<NumberDataPoint>> points = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : topic.records()) {
            ExportMetricsServiceRequest.parseFrom(record.value())
                    .getResourceMetricsList()
                    .forEach(
                            resource ->
                                    resource.getScopeMetrics(0).getMetricsList().stream()
                                            .filter(metric -> metric.getName().equals(CALLS))
                                            .forEach(metric -> add(metric, temporality, points)));
        }
        points.values().forEach(MetricSinksTest::assertOrder);
        return points;
    }

    private static void add(
            Metric metric,
            AggregationTemporality temporality,
            Map<String, List<NumberDataPoint>> points) {
        assertThat(metric.getSum().getAggregationTemporality()).isEqualTo(temporality);
        for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
            String series =
                    point.getAttributesList().stream()
                            .map(each -> each.getKey() + '=' + each.getValue().getStringValue())
                            .sorted()
                            .collect(Collectors.joining(" "));
            points.computeIfAbsent(series, any -> new ArrayList<>()).add(point);
        }
    }

    private static void assertOrder(List<NumberDataPoint> points) {
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).getTimeUnixNano())
                    .isGreaterThan(points.get(i - 1).getTimeUnixNano());
        }
    }

    private static Map<String, Long> lastValues(KafkaTopic topic) throws Exception {
        Map<String, Long> last = new HashMap<>();
        points(topic, AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .forEach(
                        (series, points) -> {
                            assertThat(points)
                                    .extracting(NumberDataPoint::getStartTimeUnixNano)
                                    .containsOnly(points.get(0).getStartTimeUnixNano());
                            last.put(series, points.get(points.size() - 1).getAsInt());
                        });
        return last;
    }

    private static Map<String, Long> summedValues(KafkaTopic topic) throws Exception {
        Map<String, Long> sums = new HashMap<>();
        points(topic, AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                .forEach(
                        (series, points) ->
                                sums.put(
                                        series,
                                        points.stream()
                                                .mapToLong(NumberDataPoint::getAsInt)
                                                .sum()));
        return sums;
    }

    private static Map<String, Long> sumsByService(Map<String, Long> bySeries) {
        Pattern service = Pattern.compile("(?:^| )service\\.name=([^ ]+)");
        Map<String, Long> sums = new TreeMap<>();
        bySeries.forEach(
                (series, value) -> {
                    Matcher found = service.matcher(series);
                    assertThat(found.find()).as(series).isTrue();
                    sums.merge(found.group(1), value, Long::sum);
                });
        return sums;
    }

    private static Map<String, Long> received(StrictReceiver receiver) {
        Map<String, Long> sums = new TreeMap<>();
        receiver.values()
                .forEach(
                        (labels, values) -> {
                            if (labels.get("__name__").equals("traces_span_metrics_calls_total")) {
                                double last = new TreeMap<>(values).lastEntry().getValue();
                                sums.merge(labels.get("service_name"), (long) last, Long::sum);
                            }
                        });
        return sums;
    }
}
