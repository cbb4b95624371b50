package io.tailrace.sinks.remotewrite;

import io.tailrace.operators.metrics.Dimension;
import io.tailrace.operators.metrics.Exemplar;
import io.tailrace.operators.metrics.ExplicitHistogram;
import io.tailrace.operators.metrics.ExponentialHistogram;
import io.tailrace.operators.metrics.MetricSample;
import io.tailrace.operators.metrics.Series;
import io.tailrace.operators.metrics.SeriesKind;
import io.tailrace.operators.metrics.SeriesTotals;
import io.tailrace.sinks.metrics.Exemplars;
import io.tailrace.sinks.metrics.MetricNaming;
import io.tailrace.sinks.metrics.RandomMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** What a strict receiver finds: the names that dashboards ask for, in the order of time. */
class RemoteWriteSinkTest {

    private static final long TIME = 1_700_000_070_000L;
    private static final long MINUTE = 60_000;

    private StrictReceiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new StrictReceiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
        assertThat(receiver.faults()).isEmpty();
    }

    private TestSettings settings() {
        return new TestSettings(receiver.url());
    }

    private void send(MetricNaming naming, MetricSample... samples) throws Exception {
        try (RemoteWriteHarness writer = new RemoteWriteHarness(settings().settings(), naming)) {
            for (MetricSample sample : samples) {
                writer.write(sample);
            }
            writer.checkpoint();
        }
    }

    private double value(String name) {
        return receiver.last(name, null, null).values().get(0).value();
    }

    @Test
    void namesSpansAsTheDashboardsOfTheCollectorDo() throws Exception {
        Series series = RandomMetrics.spans("cart", "GET /cart");
        MetricSample sample = new RandomMetrics(1, false).sample(series, TIME - MINUTE, TIME);
        send(MetricNaming.OTEL, sample);

        assertThat(receiver.names())
                .containsExactlyInAnyOrder(
                        "traces_span_metrics_calls_total",
                        "traces_span_metrics_duration_milliseconds_bucket",
                        "traces_span_metrics_duration_milliseconds_sum",
                        "traces_span_metrics_duration_milliseconds_count");
        ReceivedSeries calls = receiver.last("traces_span_metrics_calls_total", null, null);
        assertThat(calls.labels())
                .isEqualTo(
                        Map.of(
                                "__name__", "traces_span_metrics_calls_total",
                                "app_name", "shop",
                                "bk_biz_id", "2",
                                "service_name", "cart",
                                "span_kind", "SPAN_KIND_SERVER",
                                "span_name", "GET /cart",
                                "status_code", "STATUS_CODE_UNSET"));
        assertThat(calls.values())
                .containsExactly(new ReceivedSeries.Value((double) sample.totals().count(), TIME));
        assertThat(value("traces_span_metrics_duration_milliseconds_sum"))
                .isEqualTo(sample.totals().durations().sumMicros() / 1000.0);
        assertThat(value("traces_span_metrics_duration_milliseconds_count"))
                .isEqualTo((double) sample.totals().durations().count());

        ExplicitHistogram histogram = (ExplicitHistogram) sample.totals().durations().histogram();
        long most = 0;
        List<String> bounds = List.of("0.5", "1", "10", "400", "+Inf");
        for (int i = 0; i < bounds.size(); i++) {
            most += histogram.counts()[i];
            ReceivedSeries bucket =
                    receiver.last(
                            "traces_span_metrics_duration_milliseconds_bucket",
                            "le",
                            bounds.get(i));
            assertThat(bucket.values().get(0).value()).as(bounds.get(i)).isEqualTo((double) most);
        }
        assertThat(most).isEqualTo(sample.totals().durations().count());
    }

    @Test
    void sendsExemplarsWithTheirBuckets() throws Exception {
        MetricSample sample =
                new RandomMetrics(1, false)
                        .sample(RandomMetrics.spans("a", "b"), TIME - MINUTE, TIME);
        send(MetricNaming.OTEL, sample);
        var slowest = sample.totals().slowest();
        assertThat(slowest.durationMicros()).isGreaterThan(400_000);
        assertThat(
                        receiver.last(
                                        "traces_span_metrics_duration_milliseconds_bucket",
                                        "le",
                                        "+Inf")
                                .exemplars())
                .contains(
                        new ReceivedSeries.Exemplar(
                                Map.of(
                                        "trace_id", Exemplars.traceId(slowest),
                                        "span_id", Exemplars.spanId(slowest)),
                                slowest.durationMicros() / 1000.0,
                                slowest.endMillis()));
        assertThat(
                        receiver.last("traces_span_metrics_duration_milliseconds_bucket", "le", "1")
                                .exemplars())
                .isEmpty();
    }

    @Test
    void sendsAnExemplarOnce() throws Exception {
        Series series = RandomMetrics.spans("a", "b");
        MetricSample sample = new RandomMetrics(1, false).sample(series, TIME - MINUTE, TIME);
        SeriesTotals later = sample.totals().copy();
        Exemplar slower = new Exemplar(1, 2, 3, 900_000, TIME + 1);
        later.exemplar(slower, false);
        try (RemoteWriteHarness writer =
                new RemoteWriteHarness(settings().settings(), MetricNaming.OTEL)) {
            writer.write(sample);
            writer.checkpoint();
            assertThat(slowest().exemplars()).isNotEmpty();
            writer.write(new MetricSample(series, sample.start(), TIME + 1, sample.totals()));
            writer.checkpoint();
            assertThat(slowest().exemplars()).as("nothing new").isEmpty();
            writer.write(new MetricSample(series, sample.start(), TIME + 2, later));
            writer.checkpoint();
            assertThat(slowest().exemplars())
                    .extracting(ReceivedSeries.Exemplar::time)
                    .containsExactly(TIME + 1);
        }
    }

    private ReceivedSeries slowest() {
        return receiver.last("traces_span_metrics_duration_milliseconds_bucket", "le", "+Inf");
    }

    @Test
    void namesEdgesAsTheServiceGraphDoes() throws Exception {
        MetricSample sample =
                new RandomMetrics(2, false)
                        .sample(RandomMetrics.edge("web", "cart"), TIME - MINUTE, TIME);
        send(MetricNaming.BK, sample);

        assertThat(receiver.names())
                .containsExactlyInAnyOrder(
                        "traces_service_graph_request_total",
                        "traces_service_graph_request_failed_total",
                        "traces_service_graph_request_server_seconds_bucket",
                        "traces_service_graph_request_server_seconds_sum",
                        "traces_service_graph_request_server_seconds_count",
                        "traces_service_graph_request_client_seconds_bucket",
                        "traces_service_graph_request_client_seconds_sum",
                        "traces_service_graph_request_client_seconds_count");
        assertThat(receiver.last("traces_service_graph_request_total", null, null).labels())
                .containsEntry("client", "web")
                .containsEntry("server", "cart")
                .containsEntry("connection_type", "messaging_system");
        assertThat(value("traces_service_graph_request_client_seconds_sum"))
                .isEqualTo(sample.totals().clientDurations().sumMicros() / 1_000_000.0);
        assertThat(
                        receiver.last(
                                        "traces_service_graph_request_server_seconds_bucket",
                                        "le",
                                        "0.0005")
                                .labels())
                .isNotNull();
    }

    @Test
    void namesSpansAsBlueKingDoes() throws Exception {
        MetricSample sample =
                new RandomMetrics(3, false)
                        .sample(RandomMetrics.spans("a", "b"), TIME - MINUTE, TIME);
        send(MetricNaming.BK, sample);
        assertThat(receiver.names())
                .containsExactlyInAnyOrder(
                        "bk_apm_count",
                        "bk_apm_error_count",
                        "bk_apm_sum_duration",
                        "bk_apm_max_duration",
                        "bk_apm_satisfied_count",
                        "bk_apm_tolerating_count",
                        "bk_apm_frustrated_count",
                        "bk_apm_call_count",
                        "bk_apm_request_count",
                        "bk_apm_avg_duration",
                        "bk_apm_error_rate",
                        "bk_apm_apdex",
                        "bk_apm_duration_bucket",
                        "bk_apm_duration_sum",
                        "bk_apm_duration_count");
        assertThat(value("bk_apm_sum_duration"))
                .isEqualTo(value("bk_apm_duration_sum"))
                .isEqualTo((double) sample.totals().durations().sumMicros());
        assertThat(receiver.last("bk_apm_duration_bucket", "le", "400000").values()).hasSize(1);
    }

    @Test
    void sendsExponentialBucketsAsANativeHistogram() throws Exception {
        for (int seed = 1; seed <= 20; seed++) {
            MetricSample sample =
                    new RandomMetrics(seed, true)
                            .sample(RandomMetrics.spans("a", "b" + seed), TIME - MINUTE, TIME);
            send(MetricNaming.OTEL, sample);
            ReceivedSeries.NativeValue found =
                    receiver.last(
                                    "traces_span_metrics_duration_microseconds",
                                    "span_name",
                                    "b" + seed)
                            .histograms()
                            .get(0);
            ExponentialHistogram ours =
                    (ExponentialHistogram) sample.totals().durations().histogram();
            Map<Integer, Long> expected = new HashMap<>();
            for (int i = 0; i < ours.counts().length; i++) {
                if (ours.counts()[i] > 0) {
                    // The upper bound tells the bucket, in either numbering.
                    double bound = (ours.offset() + i + 1) * Math.pow(2, -ours.scale());
                    int index = (int) Math.ceil(bound * Math.pow(2, found.schema()) - 1e-9);
                    expected.merge(index, ours.counts()[i], Long::sum);
                }
            }
            assertThat(found.schema()).isBetween(-4, 8);
            assertThat(found.buckets()).isEqualTo(expected);
            assertThat(found.zeros()).isEqualTo(ours.zeros());
            assertThat(found.count()).isEqualTo(sample.totals().count());
            assertThat(found.sum()).isEqualTo((double) sample.totals().durations().sumMicros());
            assertThat(found.time()).isEqualTo(TIME);
        }
    }

    @Test
    void makesLabelsOfAnyDimensions() throws Exception {
        Series series =
                Series.of(
                        SeriesKind.SPANS,
                        RandomMetrics.SHOP,
                        "cart",
                        List.of(
                                new Dimension("service.name", "cart"),
                                new Dimension("service_name", "other"),
                                new Dimension("le", "5"),
                                new Dimension("app_name", "mine"),
                                new Dimension("cluster", "inner"),
                                new Dimension("2xx", "yes"),
                                new Dimension("__secret", "s"),
                                new Dimension("größe", "\ud83d\ude00"),
                                new Dimension("Zone", "a\nb"),
                                new Dimension("empty", "")));
        MetricSample sample = new RandomMetrics(1, false).sample(series, TIME - MINUTE, TIME);
        RemoteWriteSettings settings =
                settings().withExternalLabels(Map.of("cluster", "eu")).settings();
        try (RemoteWriteHarness writer = new RemoteWriteHarness(settings, MetricNaming.OTEL)) {
            writer.write(sample);
            writer.endInput();
        }
        Map<String, String> expected = new HashMap<>();
        expected.put("__name__", "traces_span_metrics_calls_total");
        expected.put("Zone", "a\nb");
        expected.put("app_name", "shop");
        expected.put("bk_biz_id", "2");
        expected.put("cluster", "eu");
        expected.put("exported_app_name", "mine");
        expected.put("exported_cluster", "inner");
        expected.put("exported_le", "5");
        expected.put("gr__e", "\ud83d\ude00");
        expected.put("key_2xx", "yes");
        expected.put("key__secret", "s");
        expected.put("service_name", "cart;other");
        assertThat(receiver.last("traces_span_metrics_calls_total", null, null).labels())
                .isEqualTo(expected);
    }

    /** Random batches, with failures in between and what comes again after them. */
    @Test
    void keepsTheOrderOfEachSeriesThroughFailures() throws Exception {
        for (long seed = 1; seed <= 5; seed++) {
            Random dice = new Random(seed);
            RandomMetrics random = new RandomMetrics(seed, false);
            MetricSample[] samples = new MetricSample[200];
            long[] times = new long[10];
            for (int i = 0; i < samples.length; i++) {
                int which = dice.nextInt(times.length);
                times[which] += MINUTE;
                Series series = RandomMetrics.spans("seed" + seed, "operation" + which);
                samples[i] = random.sample(series, TIME, TIME + times[which]);
            }
            RemoteWriteSettings settings =
                    settings().withMaxSamplesPerSend(1 + dice.nextInt(100)).settings();
            int checkpoint = 0;
            while (checkpoint < samples.length) {
                try (RemoteWriteHarness writer =
                        new RemoteWriteHarness(settings, MetricNaming.OTEL)) {
                    int end = Math.min(samples.length, checkpoint + 1 + dice.nextInt(80));
                    for (int i = checkpoint; i < end; i++) {
                        writer.write(samples[i]);
                        if (dice.nextInt(15) == 0) {
                            writer.checkpoint();
                            checkpoint = dice.nextBoolean() ? i + 1 : checkpoint;
                        }
                    }
                    if (end == samples.length) {
                        writer.checkpoint();
                        checkpoint = end;
                    }
                }
            }
            Map<Map<String, String>, Map<Long, Double>> found = receiver.values();
            for (MetricSample sample : samples) {
                Map<String, String> labels = new HashMap<>();
                labels.put("__name__", "traces_span_metrics_calls_total");
                labels.putAll(new SeriesLabels(Map.of()).of(sample.series()));
                assertThat(found.get(labels))
                        .as("seed %d", seed)
                        .containsEntry(sample.time(), (double) sample.totals().count());
            }
        }
    }

    @Test
    void sendsWhenSamplesAreManyAndAtIntervalsAndCheckpointsAndAtTheEnd() throws Exception {
        RandomMetrics random = new RandomMetrics(1, false);
        // Each sample is eight: calls, five buckets, sum and count.
        RemoteWriteSettings settings = settings().withMaxSamplesPerSend(20).settings();
        try (RemoteWriteHarness writer = new RemoteWriteHarness(settings, MetricNaming.OTEL)) {
            for (int i = 0; i < 3; i++) {
                assertThat(receiver.requests()).isEmpty();
                writer.write(random.sample(RandomMetrics.spans("a", "b" + i), TIME, TIME));
            }
            assertThat(receiver.requests()).hasSize(1);
            assertThat(receiver.requests().get(0).series()).isEqualTo(16);
            writer.clock(4_999);
            assertThat(receiver.requests()).hasSize(1);
            writer.clock(5_000);
            assertThat(receiver.requests()).hasSize(2);
            writer.write(random.sample(RandomMetrics.spans("a", "c"), TIME, TIME));
            writer.clock(10_000);
            assertThat(receiver.requests()).hasSize(3);
            writer.write(random.sample(RandomMetrics.spans("a", "d"), TIME, TIME));
            writer.checkpoint();
            assertThat(receiver.requests()).hasSize(4);
            writer.write(random.sample(RandomMetrics.spans("a", "e"), TIME, TIME));
            writer.endInput();
            assertThat(receiver.requests()).hasSize(5);
            assertThat(writer.metric("samples_sent")).isEqualTo(6 * 8);
            assertThat(writer.metric("requests")).isEqualTo(5);
        }
    }
}
