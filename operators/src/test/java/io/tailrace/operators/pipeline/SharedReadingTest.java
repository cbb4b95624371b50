package io.tailrace.operators.pipeline;

import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

import io.tailrace.operators.discovery.DiscoverySettings;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.TestDiscoverySettings;
import io.tailrace.operators.discovery.local.LocalDiscovery;
import io.tailrace.operators.discovery.relation.ReadSide;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.metrics.MetricPart;
import io.tailrace.operators.metrics.TestMetricsSettings;
import io.tailrace.operators.metrics.VirtualMetricsSettings;
import io.tailrace.operators.metrics.red.LocalRed;
import io.tailrace.operators.metrics.red.RandomSpans;
import io.tailrace.operators.pairing.Sides;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.sampling.ChunkMaker;
import io.tailrace.operators.sampling.RecordedMetrics;
import io.tailrace.operators.sampling.SamplingSettings;
import io.tailrace.operators.sampling.TestSettings;
import io.tailrace.operators.sampling.TraceChunk;
import io.tailrace.operators.sampling.policy.NamedPolicy;
import io.tailrace.operators.sampling.policy.StatusCode;
import io.tailrace.operators.span.Requests;
import io.tailrace.operators.span.TraceId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** One reading must give exactly what the operators give that read for one part each. */
class SharedReadingTest {

    private static final Origin ORIGIN = new Origin("spans", 1, 42L);
    private static final long START = 1_700_000_000_000L;
    private static final SamplingSettings SAMPLING =
            TestSettings.with(
                            List.of(
                                    new NamedPolicy(
                                            "errors",
                                            new StatusCode(List.of(StatusCode.Code.ERROR)))))
                    .make();

    /** So little memory that some is handed on for that alone. */
    private static final VirtualMetricsSettings METRICS =
            new TestMetricsSettings().localBudget(50_000).make();

    /** An operator on its own. */
    private static final class Reading<T> implements AutoCloseable {
        private final RecordedMetrics metrics = new RecordedMetrics();
        private final OneInputStreamOperator<SpanRequest, T> operator;
        private final OneInputStreamOperatorTestHarness<SpanRequest, T> harness;

        Reading(OneInputStreamOperator<SpanRequest, T> operator) throws Exception {
            this.operator = operator;
            harness =
                    new OneInputStreamOperatorTestHarness<>(
                            operator,
                            new MockEnvironmentBuilder().setMetricGroup(metrics.task()).build());
            harness.open();
        }

        /** Records with their times, and watermarks. */
        List<Object> output() {
            return List.copyOf(harness.getOutput());
        }

        List<StreamRecord<T>> records() {
            return List.copyOf(harness.getRecordOutput());
        }

        <S> List<StreamRecord<S>> beside(OutputTag<S> tag) {
            var records = harness.getSideOutput(tag);
            return records == null ? List.of() : List.copyOf(records);
        }

        @Override
        public void close() {
            try {
                harness.close();
            } catch (Exception failure) {
                throw new IllegalStateException("The operator did not close", failure);
            }
        }
    }

    private static final DiscoverySettings DISCOVERY =
            new TestDiscoverySettings().localBudget(50_000).make();

    private static SharedReading shared(
            SamplingSettings sampling,
            VirtualMetricsSettings metrics,
            DiscoverySettings discovery) {
        return new SharedReading(sampling, metrics, discovery, TestMetricsSettings.APPLICATION);
    }

    private static SpanRequest request(RandomSpans spans, Random random, long arrival) {
        byte[] payload = spans.request(arrival).toByteArray();
        if (random.nextInt(20) == 0) {
            payload = Requests.of(Requests.span(new TraceId(0, 0), 1).build()).toByteArray();
        } else if (random.nextInt(20) == 0 && payload.length > 1) {
            payload = Arrays.copyOf(payload, payload.length - 1);
        }
        return new SpanRequest(ORIGIN, arrival, Encoding.OTLP_PROTO, payload);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void givesWhatTheOthersGive(long seed) throws Exception {
        Random random = new Random(seed);
        RandomSpans spans = new RandomSpans(random);
        try (Reading<TraceChunk> all = new Reading<>(shared(SAMPLING, METRICS, DISCOVERY));
                Reading<TraceChunk> chunks =
                        new Reading<>(new ProcessOperator<>(new ChunkMaker(SAMPLING)));
                Reading<MetricPart> red =
                        new Reading<>(new LocalRed(METRICS, TestMetricsSettings.APPLICATION));
                Reading<Sighting> discovery =
                        new Reading<>(
                                new LocalDiscovery(DISCOVERY, TestMetricsSettings.APPLICATION));
                Reading<TraceChunk> onlyRed = new Reading<>(shared(null, METRICS, null));
                Reading<TraceChunk> onlyChunks = new Reading<>(shared(SAMPLING, null, null));
                Reading<TraceChunk> onlyDiscovery = new Reading<>(shared(null, null, DISCOVERY))) {
            List<Reading<?>> readings =
                    List.of(all, chunks, red, discovery, onlyRed, onlyChunks, onlyDiscovery);
            for (int i = 0; i < 600; i++) {
                long arrival = START + i * 1000L - random.nextInt(100_000);
                SpanRequest request = request(spans, random, arrival);
                boolean barrier = random.nextInt(40) == 0;
                boolean mark = random.nextInt(10) == 0;
                for (Reading<?> one : readings) {
                    one.harness.processElement(new StreamRecord<>(request, arrival));
                    if (barrier) {
                        one.operator.prepareSnapshotPreBarrier(i);
                    }
                    if (mark) {
                        one.harness.processWatermark(START + i * 1000L - 100_000);
                    }
                }
                assertThat(all.beside(SharedReading.METRIC_PARTS).size())
                        .as("parts after request %d, seed %d", i, seed)
                        .isEqualTo(red.records().size());
            }
            for (Reading<?> one : readings) {
                one.operator.finish();
            }

            assertThat(all.output()).isEqualTo(chunks.output()).hasSizeGreaterThan(500);
            assertThat(all.beside(SharedReading.METRIC_PARTS))
                    .isEqualTo(red.records())
                    .hasSizeGreaterThan(500);
            assertThat(all.beside(LocalRed.SIDES)).isEqualTo(red.beside(LocalRed.SIDES));
            assertThat(
                            Sides.read(
                                    all.beside(LocalRed.SIDES).stream()
                                            .map(StreamRecord::getValue)
                                            .toList()))
                    .hasSizeGreaterThan(500);
            assertThat(all.beside(SharedReading.SIGHTINGS))
                    .isEqualTo(discovery.records())
                    .isEqualTo(onlyDiscovery.beside(SharedReading.SIGHTINGS))
                    .hasSizeGreaterThan(500);
            assertThat(all.beside(LocalDiscovery.SIDES))
                    .isEqualTo(discovery.beside(LocalDiscovery.SIDES))
                    .isEqualTo(onlyDiscovery.beside(LocalDiscovery.SIDES));
            assertThat(
                            ReadSide.all(
                                    all.beside(LocalDiscovery.SIDES).stream()
                                            .map(StreamRecord::getValue)
                                            .toList()))
                    .hasSizeGreaterThan(500);
            assertThat(letters(all))
                    .isEqualTo(letters(chunks))
                    .isEqualTo(letters(red))
                    .isEqualTo(letters(discovery));
            assertThat(letters(all)).hasSizeGreaterThan(20);
            assertThat(onlyChunks.output()).isEqualTo(chunks.output());
            assertThat(onlyRed.records()).isEmpty();
            assertThat(onlyRed.beside(SharedReading.METRIC_PARTS)).isEqualTo(red.records());
            for (String name :
                    List.of("requests_in", "bytes_in", "spans_in", "spans_ending_before_start")) {
                assertThat(all.metrics.sum(name))
                        .as(name)
                        .isEqualTo(chunks.metrics.sum(name))
                        .isEqualTo(red.metrics.sum(name))
                        .isPositive();
            }
            for (Reading<?> one : List.of(red, discovery, onlyRed, onlyDiscovery)) {
                assertThat(all.metrics.sum("wrong_application_attributes"))
                        .isEqualTo(one.metrics.sum("wrong_application_attributes"))
                        .isPositive();
            }
            assertThat(all.metrics.sum("spans_without_service"))
                    .isEqualTo(discovery.metrics.sum("spans_without_service"))
                    .isPositive();
            assertThat(all.metrics.sum("spans_counted"))
                    .isEqualTo(red.metrics.sum("spans_counted"))
                    .isPositive();
        }
    }

    private static List<DeadLetter> letters(Reading<?> reading) {
        return reading.beside(RequestReader.DEAD_LETTERS).stream()
                .map(StreamRecord::getValue)
                .toList();
    }
}
