package io.tailrace.jobs.virtualmetrics;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tailrace.broker.KafkaBroker;
import io.tailrace.broker.KafkaTopic;
import io.tailrace.jobs.cli.live.MetricsFigures;
import io.tailrace.jobs.testing.JobRun;
import io.tailrace.jobs.testing.KafkaExtension;
import io.tailrace.jobs.testing.MetricsSpecs;
import io.tailrace.jobs.testing.RealTraffic;
import io.tailrace.jobs.testing.SamplingSpecs;
import io.tailrace.jobs.testing.Traffic;
import io.tailrace.plain.MetricRows;
import io.tailrace.plain.PlainMetrics;
import io.tailrace.plain.PlainRequest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Both real files must be counted as one would count them by hand. */
@ExtendWith(KafkaExtension.class)
final class RealMetricsTest {

    /** So far may a request come behind others. */
    private static final int DISORDER_MILLIS = 20_000;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    private String spec(String source) {
        return """
        kind: virtual-metrics
        name: counted
        source: { %s }
        %ssinks:
          metrics: [ { file: { path: "%s" } } ]
        flink: { execution.checkpointing.interval: 500ms }
        """
                .formatted(source, MetricsSpecs.SETTINGS, rows());
    }

    private Path rows() {
        return folder.resolve("rows");
    }

    @ParameterizedTest
    @CsvSource({"ONLINE_BOUTIQUE, 1", "ONLINE_BOUTIQUE, 4", "TRAIN_TICKET, 1", "TRAIN_TICKET, 4"})
    void aFileIsCountedAsByHand(RealTraffic real, int parallelism) throws Exception {
        assumeTrue(real.isHere());
        PlainMetrics plain = MetricsSpecs.plain(real.read());

        MetricsFigures figures;
        try (JobRun run =
                JobRun.start(
                        spec(SamplingSpecs.file(real.file(), "otlp_json")), folder, parallelism)) {
            run.end();
            figures = MetricsFigures.of(run.metrics());
        }

        MetricRows rows = MetricsSpecs.rows(rows());
        MetricsSpecs.assertSame(rows, plain);
        assertThat(plain.rowsOfEdges()).isGreaterThan(100);
        assertThat(figures.rows()).isEqualTo(rows.written());
        assertThat(rows.written() - figures.corrections())
                .isEqualTo(plain.rowsOfSpans() + plain.rowsOfEdges());
        assertThat(figures.counted() + figures.tooLate()).isEqualTo(figures.spans());
        assertThat(figures.unpaired()).isEqualTo(plain.edges().unpaired());
        assertThat(figures.calls()).isEqualTo(plain.edges().counted() + plain.edges().tooLate());
        assertThat(figures.overflowed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RealTraffic.class)
    void aTopicIsCountedAsByHandThroughARestart(RealTraffic real, KafkaBroker broker)
            throws Exception {
        assumeTrue(real.isHere());
        Traffic traffic = real.read();
        PlainMetrics plain = MetricsSpecs.plain(traffic);
        KafkaTopic topic = broker.topic("requests", 4);
        List<PlainRequest> requests = disordered(traffic);
        String spec = spec(disorderedKafka(broker, topic));
        int half = requests.size() / 2;
        int more = half + requests.size() / 4;

        try (JobRun run = JobRun.start(spec, folder, 4)) {
            send(requests.subList(0, half), topic);
            awaitRequests(run, half);
            run.checkpoint();
            // What comes now is read twice, if no checkpoint comes between.
            send(requests.subList(half, more), topic);
            awaitRequests(run, more);
            run.cancel();
        }
        try (JobRun run = JobRun.start(spec, folder, 4, JobRun.newestCheckpoint(folder))) {
            send(requests.subList(more, requests.size()), topic);
            for (int i = 0; i < topic.partitions(); i++) {
                topic.send(i, traffic.lastArrival() + 120_000, last(traffic).toByteArray());
            }
            topic.flush();
            // All rows may be there before the last corrections are.
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> MetricsSpecs.assertSame(MetricsSpecs.rows(rows()), plain));
            run.stop();
        }
    }

    /** So disordered as it may be. */
    private static String disorderedKafka(KafkaBroker broker, KafkaTopic topic) {
        return """
        kafka: { bootstrap_servers: "%s", topics: [%s], group_id: "%s", encoding: otlp_proto, \
        starting_offsets: earliest, out_of_orderness: 1m }"""
                .formatted(broker.address(), topic.name(), topic.name());
    }

    /** Counted nowhere: it ends long after it arrives. */
    private static ExportTraceServiceRequest last(Traffic traffic) {
        long end = (traffic.lastArrival() + 1_000_000) * 1_000_000;
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .addScopeSpans(
                                        ScopeSpans.newBuilder()
                                                .addSpans(
                                                        Span.newBuilder()
                                                                .mergeFrom(anySpan(traffic))
                                                                .setEndTimeUnixNano(end))))
                .build();
    }

    private static Span anySpan(Traffic traffic) {
        return traffic.requests().get(0).otlp().getResourceSpans(0).getScopeSpans(0).getSpans(0);
    }

    private static void awaitRequests(JobRun run, int requests) {
        await().atMost(PATIENCE).until(() -> run.metrics().sum("requests_in") >= requests);
    }

    private static List<PlainRequest> disordered(Traffic traffic) {
        Random random = new Random(1);
        return traffic.requests().stream()
                .map(each -> new Turn(each.arrival() + random.nextInt(DISORDER_MILLIS), each))
                .sorted(Comparator.comparingLong(Turn::time))
                .map(Turn::request)
                .toList();
    }

    private record Turn(long time, PlainRequest request) {}

    private static void send(List<PlainRequest> requests, KafkaTopic topic) throws Exception {
        for (int i = 0; i < requests.size(); i++) {
            topic.send(
                    i % topic.partitions(),
                    requests.get(i).arrival(),
                    requests.get(i).otlp().toByteArray());
        }
        topic.flush();
    }
}
