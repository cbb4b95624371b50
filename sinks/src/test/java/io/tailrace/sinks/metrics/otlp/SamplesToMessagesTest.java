package io.tailrace.sinks.metrics.otlp;

import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.operators.metrics.sample.Temporality;
import io.tailrace.sinks.message.Message;
import io.tailrace.sinks.metrics.MetricNaming;
import io.tailrace.sinks.metrics.RandomMetrics;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What a consumer of OTLP finds in the messages. */
class SamplesToMessagesTest {

    private static final long TIME = 1_700_000_070_000L;
    private static final long START = 1_700_000_000_000L;

    private static final class Harness implements AutoCloseable {
        private final OneInputStreamOperatorTestHarness<MetricSample, Message> harness;

        Harness(MetricNaming naming, Temporality temporality, long mostBytes) throws Exception {
            harness =
                    new OneInputStreamOperatorTestHarness<>(
                            new SamplesToMessages(naming, temporality, mostBytes));
            harness.setup(Message.TYPE.createSerializer(null));
            harness.open();
        }

        void write(MetricSample sample) throws Exception {
            harness.processElement(sample, sample.time());
        }

        void end() throws Exception {
            harness.getOneInputOperator().finish();
        }

        List<Message> messages() {
            return harness.extractOutputValues();
        }

        @Override
        public void close() {
            try {
                harness.close();
            } catch (Exception failure) {
                throw new AssertionError("It does not close", failure);
            }
        }
    }

    private static ResourceMetrics one(MetricNaming naming, MetricSample sample) throws Exception {
        try (Harness harness = new Harness(naming, Temporality.CUMULATIVE, 900_000)) {
            harness.write(sample);
            assertThat(harness.messages()).as("before event time goes on").isEmpty();
            harness.harness.processWatermark(TIME);
            List<Message> messages = harness.messages();
            assertThat(messages).hasSize(1);
            assertThat(new String(messages.get(0).key(), StandardCharsets.UTF_8))
                    .isEqualTo("2/shop/" + sample.series().service());
            ExportMetricsServiceRequest request =
                    ExportMetricsServiceRequest.parseFrom(messages.get(0).value());
            assertThat(request.getResourceMetricsCount()).isEqualTo(1);
            return request.getResourceMetrics(0);
        }
    }

    private static Map<String, Metric> metrics(ResourceMetrics resource) {
        assertThat(resource.getScopeMetricsCount()).isEqualTo(1);
        return resource.getScopeMetrics(0).getMetricsList().stream()
                .collect(Collectors.toMap(Metric::getName, metric -> metric));
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(
                        Collectors.toMap(
                                KeyValue::getKey,
                                each ->
                                        each.getValue().hasIntValue()
                                                ? Long.toString(each.getValue().getIntValue())
                                                : each.getValue().getStringValue()));
    }

    @Test
    void namesSpansAsTheCollectorDoes() throws Exception {
        Series series = RandomMetrics.spans("cart", "GET /cart");
        MetricSample sample = new RandomMetrics(1, false).sample(series, START, TIME);
        SeriesTotals totals = sample.totals();

        ResourceMetrics resource = one(MetricNaming.OTEL, sample);
        assertThat(attributes(resource.getResource().getAttributesList()))
                .isEqualTo(Map.of("service.name", "cart", "bk_biz_id", "2", "app_name", "shop"));
        Map<String, Metric> metrics = metrics(resource);
        assertThat(metrics)
                .containsOnlyKeys("traces.span.metrics.calls", "traces.span.metrics.duration");

        Metric calls = metrics.get("traces.span.metrics.calls");
        assertThat(calls.getSum().getIsMonotonic()).isTrue();
        assertThat(calls.getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        NumberDataPoint call = calls.getSum().getDataPoints(0);
        assertThat(call.getAsInt()).isEqualTo(totals.count());
        assertThat(call.getStartTimeUnixNano()).isEqualTo(START * 1_000_000);
        assertThat(call.getTimeUnixNano()).isEqualTo(TIME * 1_000_000);
        assertThat(attributes(call.getAttributesList()))
                .isEqualTo(
                        Map.of(
                                "service.name", "cart",
                                "span.kind", "SPAN_KIND_SERVER",
                                "span.name", "GET /cart",
                                "status.code", "STATUS_CODE_UNSET"));

        Metric duration = metrics.get("traces.span.metrics.duration");
        assertThat(duration.getUnit()).isEqualTo("ms");
        HistogramDataPoint point = duration.getHistogram().getDataPoints(0);
        assertThat(point.getExplicitBoundsList()).containsExactly(0.5, 1.0, 10.0, 400.0);
        assertThat(point.getBucketCountsList())
                .containsExactlyElementsOf(
                        counts((ExplicitHistogram) totals.durations().histogram()));
        assertThat(point.getCount()).isEqualTo(totals.durations().count());
        assertThat(point.getSum()).isEqualTo(totals.durations().sumMicros() / 1000.0);
        assertThat(point.getMin()).isEqualTo(totals.durations().minMicros() / 1000.0);
        assertThat(point.getMax()).isEqualTo(totals.durations().maxMicros() / 1000.0);
        assertThat(point.getExemplarsCount()).isEqualTo(2);
        assertThat(point.getExemplars(0).getAsDouble())
                .isEqualTo(totals.slowest().durationMicros() / 1000.0);
        assertThat(point.getExemplars(0).getTraceId().asReadOnlyByteBuffer().getLong())
                .isEqualTo(totals.slowest().traceHigh());
        assertThat(point.getExemplars(1).getSpanId().asReadOnlyByteBuffer().getLong())
                .isEqualTo(totals.slowestError().spanId());
    }

    private static List<Long> counts(ExplicitHistogram histogram) {
        return Arrays.stream(histogram.counts()).boxed().toList();
    }

    @Test
    void tellsExponentialBucketsExactly() throws Exception {
        MetricSample sample =
                new RandomMetrics(2, true).sample(RandomMetrics.spans("a", "b"), START, TIME);
        ExponentialHistogram histogram =
                (ExponentialHistogram) sample.totals().durations().histogram();

        Metric duration =
                metrics(one(MetricNaming.OTEL, sample)).get("traces.span.metrics.duration");
        assertThat(duration.getUnit()).isEqualTo("us");
        ExponentialHistogramDataPoint point = duration.getExponentialHistogram().getDataPoints(0);
        assertThat(point.getScale()).isEqualTo(histogram.scale());
        assertThat(point.getZeroCount()).isEqualTo(histogram.zeros());
        assertThat(point.getPositive().getOffset()).isEqualTo(histogram.offset());
        assertThat(
                        point.getZeroCount()
                                + point.getPositive().getBucketCountsList().stream()
                                        .mapToLong(each -> each)
                                        .sum())
                .isEqualTo(point.getCount())
                .isEqualTo(sample.totals().count());
        assertThat(point.getSum()).isEqualTo((double) sample.totals().durations().sumMicros());
    }

    @Test
    void namesEdgesAsTheServiceGraphDoes() throws Exception {
        MetricSample sample =
                new RandomMetrics(3, false).sample(RandomMetrics.edge("web", "cart"), START, TIME);
        for (MetricNaming naming : MetricNaming.values()) {
            Map<String, Metric> metrics = metrics(one(naming, sample));
            assertThat(metrics)
                    .containsOnlyKeys(
                            "traces_service_graph_request_total",
                            "traces_service_graph_request_failed_total",
                            "traces_service_graph_request_server",
                            "traces_service_graph_request_client");
            Metric server = metrics.get("traces_service_graph_request_server");
            assertThat(server.getUnit()).isEqualTo("s");
            HistogramDataPoint point = server.getHistogram().getDataPoints(0);
            assertThat(point.getExplicitBoundsList()).containsExactly(0.0005, 0.001, 0.01, 0.4);
            assertThat(point.getSum())
                    .isEqualTo(sample.totals().durations().sumMicros() / 1_000_000.0);
            assertThat(attributes(point.getAttributesList()))
                    .isEqualTo(
                            Map.of(
                                    "client", "web",
                                    "server", "cart",
                                    "connection_type", "messaging_system"));
            assertThat(
                            metrics.get("traces_service_graph_request_failed_total")
                                    .getSum()
                                    .getDataPoints(0)
                                    .getAsInt())
                    .isEqualTo(sample.totals().errors());
        }
    }

    @Test
    void namesSpansAsBlueKingDoes() throws Exception {
        MetricSample sample =
                new RandomMetrics(4, false).sample(RandomMetrics.spans("a", "b"), START, TIME);
        SeriesTotals totals = sample.totals();
        Map<String, Object> values = new HashMap<>();
        metrics(one(MetricNaming.BK, sample))
                .forEach(
                        (name, metric) -> {
                            switch (metric.getDataCase()) {
                                case SUM ->
                                        values.put(
                                                name, metric.getSum().getDataPoints(0).getAsInt());
                                case GAUGE ->
                                        values.put(
                                                name,
                                                metric.getGauge().getDataPoints(0).getAsDouble());
                                default ->
                                        values.put(
                                                name,
                                                metric.getHistogram().getDataPoints(0).getSum());
                            }
                        });
        double judged = totals.satisfied() + totals.tolerating() + totals.frustrated();
        assertThat(values)
                .containsOnly(
                        Map.entry("bk_apm_count", totals.count()),
                        Map.entry("bk_apm_error_count", totals.errors()),
                        Map.entry("bk_apm_sum_duration", totals.durations().sumMicros()),
                        Map.entry("bk_apm_satisfied_count", totals.satisfied()),
                        Map.entry("bk_apm_tolerating_count", totals.tolerating()),
                        Map.entry("bk_apm_frustrated_count", totals.frustrated()),
                        Map.entry("bk_apm_call_count", totals.calls()),
                        Map.entry("bk_apm_request_count", totals.requests()),
                        Map.entry("bk_apm_max_duration", (double) totals.durations().maxMicros()),
                        Map.entry(
                                "bk_apm_avg_duration",
                                (double) totals.durations().sumMicros() / totals.count()),
                        Map.entry("bk_apm_error_rate", (double) totals.errors() / totals.count()),
                        Map.entry(
                                "bk_apm_apdex",
                                (totals.satisfied() + totals.tolerating() / 2.0) / judged),
                        Map.entry("bk_apm_duration", (double) totals.durations().sumMicros()));
    }

    /** However samples are put into messages, none is lost and each series keeps its order. */
    @Test
    void keepsTheOrderOfASeriesWithinTheLimit() throws Exception {
        int most = 12_000;
        RandomMetrics random = new RandomMetrics(5, false);
        Map<String, List<Long>> expected = new HashMap<>();
        try (Harness harness = new Harness(MetricNaming.OTEL, Temporality.DELTA, most)) {
            for (int window = 0; window < 5; window++) {
                long time = TIME + window * 60_000L;
                for (int i = 0; i < 60; i++) {
                    Series series = RandomMetrics.spans("service" + i % 3, "operation" + i);
                    MetricSample sample = random.sample(series, time - 60_000, time);
                    expected.computeIfAbsent(
                                    series.service() + ' ' + series.value("span.name"),
                                    name -> new ArrayList<>())
                            .add(sample.totals().count());
                    harness.write(sample);
                }
                if (window == 2) {
                    harness.harness.processWatermark(time);
                } else if (window == 3) {
                    harness.harness.prepareSnapshotPreBarrier(1);
                }
            }
            harness.end();

            Map<String, List<Long>> found = new HashMap<>();
            for (Message message : harness.messages()) {
                assertThat(message.key().length + message.value().length).isLessThanOrEqualTo(most);
                String key = new String(message.key(), StandardCharsets.UTF_8);
                ResourceMetrics resource =
                        ExportMetricsServiceRequest.parseFrom(message.value())
                                .getResourceMetrics(0);
                Metric calls = metrics(resource).get("traces.span.metrics.calls");
                assertThat(calls.getSum().getAggregationTemporality())
                        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
                for (NumberDataPoint point : calls.getSum().getDataPointsList()) {
                    Map<String, String> attributes = attributes(point.getAttributesList());
                    assertThat(key).isEqualTo("2/shop/" + attributes.get("service.name"));
                    found.computeIfAbsent(
                                    attributes.get("service.name")
                                            + ' '
                                            + attributes.get("span.name"),
                                    name -> new ArrayList<>())
                            .add(point.getAsInt());
                }
            }
            assertThat(found).isEqualTo(expected);
            assertThat(harness.messages()).as("batches").hasSizeLessThan(5 * 60 / 3);
        }
    }

    @Test
    void leavesOutASampleThatFitsNoMessage() throws Exception {
        RandomMetrics random = new RandomMetrics(6, false);
        try (Harness harness = new Harness(MetricNaming.OTEL, Temporality.DELTA, 10_000)) {
            harness.write(random.sample(RandomMetrics.spans("a", "x".repeat(9_000)), START, TIME));
            harness.write(random.sample(RandomMetrics.spans("a", "good"), START, TIME));
            harness.end();
            assertThat(harness.messages()).hasSize(1);
            assertThat(new String(harness.messages().get(0).value(), StandardCharsets.ISO_8859_1))
                    .contains("good")
                    .doesNotContain("xxxx");
        }
    }
}
