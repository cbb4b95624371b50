package io.tailrace.operators.discovery.local;

import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.tailrace.operators.discovery.Item;
import io.tailrace.operators.discovery.Sighting;
import io.tailrace.operators.discovery.TestDiscoverySettings;
import io.tailrace.operators.input.DeadLetter;
import io.tailrace.operators.input.Encoding;
import io.tailrace.operators.input.Origin;
import io.tailrace.operators.input.SpanRequest;
import io.tailrace.operators.metrics.TestMetricsSettings;
import io.tailrace.operators.pairing.waiting.SideBlock;
import io.tailrace.operators.reading.RequestReader;
import io.tailrace.operators.sampling.RecordedMetrics;

import java.util.ArrayList;
import java.util.List;

/**
 * An operator that hands on sightings, on its own.
 *
 * @param <T> what comes in
 */
final class DiscoveryHarness<T> implements AutoCloseable {

    private static final Origin ORIGIN = new Origin("spans", 1, 42L);

    final RecordedMetrics metrics = new RecordedMetrics();
    private final OneInputStreamOperator<T, Sighting> operator;
    private final OneInputStreamOperatorTestHarness<T, Sighting> harness;
    private final List<Sighting> sightings = new ArrayList<>();

    private DiscoveryHarness(OneInputStreamOperator<T, Sighting> operator) throws Exception {
        this.operator = operator;
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        operator,
                        new MockEnvironmentBuilder().setMetricGroup(metrics.task()).build());
        harness.open();
    }

    static DiscoveryHarness<SpanRequest> reading(TestDiscoverySettings settings) throws Exception {
        return new DiscoveryHarness<>(
                new LocalDiscovery(settings.make(), TestMetricsSettings.APPLICATION));
    }

    static DiscoveryHarness<Sighting> sightings(TestDiscoverySettings settings) throws Exception {
        return new DiscoveryHarness<>(new LocalSightings(settings.make()));
    }

    static SpanRequest request(ExportTraceServiceRequest request, long arrival) {
        return request(Encoding.OTLP_PROTO, request.toByteArray(), arrival);
    }

    static SpanRequest request(Encoding encoding, byte[] payload, long arrival) {
        return new SpanRequest(ORIGIN, arrival, encoding, payload);
    }

    void send(T value, long time) throws Exception {
        harness.processElement(new StreamRecord<>(value, time));
    }

    void watermark(long time) throws Exception {
        harness.processWatermark(time);
    }

    void barrier() throws Exception {
        operator.prepareSnapshotPreBarrier(1);
    }

    void finish() throws Exception {
        operator.finish();
    }

    /** All so far; each is of the time when it was last seen. */
    List<Sighting> seen() {
        List<StreamRecord<? extends Sighting>> records = new ArrayList<>(harness.getRecordOutput());
        for (StreamRecord<? extends Sighting> each : records) {
            if (each.getTimestamp() != each.getValue().lastSeen()) {
                throw new AssertionError(each + " is not of the time when it was last seen");
            }
            sightings.add(each.getValue());
        }
        harness.getOutput().clear();
        return sightings;
    }

    /** Those since the last call. */
    List<Sighting> news() {
        int before = sightings.size();
        return List.copyOf(seen().subList(before, sightings.size()));
    }

    List<Item> items() {
        return seen().stream().map(Sighting::item).distinct().toList();
    }

    List<SideBlock> sides() {
        var sides = harness.getSideOutput(LocalDiscovery.SIDES);
        return sides == null ? List.of() : sides.stream().map(StreamRecord::getValue).toList();
    }

    List<DeadLetter> deadLetters() {
        var letters = harness.getSideOutput(RequestReader.DEAD_LETTERS);
        return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
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
